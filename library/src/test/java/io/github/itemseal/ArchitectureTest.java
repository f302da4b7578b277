package io.github.itemseal;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which package may use what; docs/ARCHITECTURE.md says why. */
class ArchitectureTest {
  private static final String ROOT = "io.github.itemseal";
  private static final String[] PURE = {
    ROOT + ".internal.format..", ROOT + ".internal.value..", ROOT + ".internal.crypto.."
  };
  private static final JavaClasses LIBRARY =
      new ClassFileImporter() // this module's own: others share the package name
          .importUrl(ItemEncryptor.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  @DisplayName("Formats and crypto do no I/O: no client, socket, clock or thread")
  void formatsAndCrypto_doNoIo() {
    // By what is allowed, so that tomorrow's ways to do I/O are refused too.
    DescribedPredicate<JavaClass> arithmetic =
        resideInAnyPackage(
                ROOT,
                ROOT + ".materials",
                ROOT + ".keyring",
                ROOT + ".internal.format..",
                ROOT + ".internal.value..",
                ROOT + ".internal.crypto..",
                "java.lang..",
                "java.math",
                "java.nio",
                "java.nio.charset",
                "java.security..",
                "java.util",
                "java.util.function",
                "java.util.stream",
                "javax.crypto..",
                "org.jspecify.annotations")
            .or(in(Serializable.class, SdkBytes.class))
            .or(in(AttributeValue.class, AttributeValue.Type.class))
            // Shared by threads without waiting: what depends on the configuration alone; a cipher.
            .or(in(ConcurrentHashMap.class, AtomicReferenceArray.class, AtomicReference.class))
            .or(in(AtomicInteger.class))
            .or(primitivesAndArrays())
            .and(doNot(are(in(Thread.class, Process.class, ProcessBuilder.class, Runtime.class))))
            .as("arithmetic");
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat(arithmetic)
        .check(LIBRARY);
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(LIBRARY);
  }

  @Test
  @DisplayName("The two formats never import each other")
  void formats_neverImportEachOther() {
    slices()
        .matching(ROOT + ".internal.format.(*)..")
        .should()
        .notDependOnEachOther()
        .check(LIBRARY);
  }

  @Test
  @DisplayName("Only internal.crypto calls getInstance of Cipher, Mac, Signature, MessageDigest")
  void jca_isCalledByInternalCryptoOnly() {
    DescribedPredicate<JavaCall<?>> jcaFactory =
        DescribedPredicate.describe(
            "getInstance of Cipher, Mac, Signature, MessageDigest or KeyAgreement",
            call ->
                call.getName().equals("getInstance")
                    && in(
                            Cipher.class,
                            Mac.class,
                            Signature.class,
                            MessageDigest.class,
                            KeyAgreement.class)
                        .test(call.getTargetOwner()));
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.crypto..")
        .should()
        .callMethodWhere(jcaFactory)
        .check(LIBRARY);
  }

  @Test
  @DisplayName("The time of day is read to be shown or stored, never to measure an age")
  void timeOfDay_isReadWhereItIsShownOrStoredOnly() {
    DescribedPredicate<JavaAccess<?>> timeOfDay =
        DescribedPredicate.describe(
            "reads the time of day",
            access ->
                in(Clock.class, InstantSource.class, Instant.class, System.class)
                        .test(access.getTargetOwner())
                    && Set.of("instant", "millis", "now", "currentTimeMillis")
                        .contains(access.getTarget().getName()));
    noClasses()
        .that()
        .haveNameNotMatching(
            ".*\\.(SystemAgeClock|materials\\.MostRecentKeys|keyring\\.BranchKeyRow)")
        .should()
        .accessTargetWhere(timeOfDay)
        .check(LIBRARY);
  }

  @Test
  @DisplayName("No public method takes a clock: only tests bring their own")
  void publicMethods_takeNoClock() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("..internal..")
        .should()
        .haveRawParameterTypes(
            DescribedPredicate.describe(
                "a clock",
                types -> types.stream().anyMatch(type -> type.isAssignableTo(InstantSource.class))))
        .check(LIBRARY);
  }

  @Test
  @DisplayName("Values are compared as DynamoDB compares them, by internal.value alone")
  void values_areComparedByInternalValueOnly() {
    DescribedPredicate<JavaCall<?>> byRepresentation =
        DescribedPredicate.describe(
            "AttributeValue.equals",
            call ->
                call.getName().equals("equals")
                    && call.getTargetOwner().isEquivalentTo(AttributeValue.class));
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.value..")
        .should()
        .callMethodWhere(byRepresentation)
        .check(LIBRARY);
    DescribedPredicate<JavaCall<?>> ofAnything =
        DescribedPredicate.describe(
            "equals of maps, lists, optionals and anything, which may hold values",
            call ->
                call.getName().equals("equals")
                    && in(Map.class, List.class, Optional.class, Objects.class)
                        .test(call.getTargetOwner()));
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".client..", ROOT + ".internal.request..", ROOT + ".streams..")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".internal.request.BatchGetItemTransform") // requests
        .should()
        .callMethodWhere(ofAnything)
        .check(LIBRARY);
  }

  @Test
  @DisplayName("No public signature mentions an internal type")
  void publicSignatures_mentionNoInternalType() {
    classes()
        .that()
        .resideOutsideOfPackage("..internal..")
        .and(are(modifier(JavaModifier.PUBLIC)))
        .should(mentionNoInternalType())
        .check(LIBRARY);
  }

  @Test
  @DisplayName("Nothing imports client but the modules above the library")
  void client_isImportedByNothingInTheLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".client..")
        .check(LIBRARY);
  }

  @Test
  @DisplayName(
      "The library needs the JDK's public packages, the AWS SDK and JSpecify; nothing else")
  void library_needsJdkSdkAndJSpecifyOnly() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                    ROOT + "..",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify.annotations",
                    "software.amazon.awssdk..",
                    "org.reactivestreams")
                .and(doNot(are(primitivesAndArrays()))))
        .check(LIBRARY);
  }

  @Test
  @DisplayName("Only classes for newer SDKs mention what the oldest supported SDK lacks")
  void newerSdk_isMentionedWhereItIsUsedOnly() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("VectorSearch")
        .and()
        .haveSimpleNameNotStartingWith("RefusedTransform")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("software\\.amazon\\.awssdk\\..*(SearchVectors|Vector).*")
        .check(LIBRARY);
  }

  @Test
  @DisplayName("The library prints nothing")
  void library_printsNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIBRARY);
  }

  private static DescribedPredicate<JavaClass> in(Class<?>... types) {
    return DescribedPredicate.describe(
        "one of given classes",
        javaClass -> {
          for (Class<?> type : types) {
            if (javaClass.isEquivalentTo(type)) {
              return true;
            }
          }
          return false;
        });
  }

  private static DescribedPredicate<JavaClass> primitivesAndArrays() {
    return DescribedPredicate.describe(
        "primitive", javaClass -> javaClass.getBaseComponentType().isPrimitive());
  }

  private static ArchCondition<JavaClass> mentionNoInternalType() {
    return new ArchCondition<>("mention no internal type") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        Set<JavaClass> parents = new LinkedHashSet<>(javaClass.getAllRawInterfaces());
        parents.addAll(javaClass.getAllRawSuperclasses());
        require(javaClass, javaClass.getName() + " extends or implements", parents, events);
        for (JavaMember member : javaClass.getMembers()) {
          if (member.getModifiers().contains(JavaModifier.PUBLIC)
              || member.getModifiers().contains(JavaModifier.PROTECTED)) {
            require(javaClass, member.getFullName() + " mentions", mentionedBy(member), events);
          }
        }
      }

      private void require(
          JavaClass owner, String text, Set<JavaClass> mentioned, ConditionEvents events) {
        for (JavaClass type : mentioned) {
          boolean internal = type.getPackageName().contains(".internal");
          if (internal && type.getPackageName().startsWith(ROOT)) {
            events.add(SimpleConditionEvent.violated(owner, text + " " + type.getName()));
          }
        }
      }
    };
  }

  private static Set<JavaClass> mentionedBy(JavaMember member) {
    Set<JavaClass> mentioned = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      mentioned.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit codeUnit) {
      mentioned.addAll(codeUnit.getReturnType().getAllInvolvedRawTypes());
      for (JavaType parameter : codeUnit.getParameterTypes()) {
        mentioned.addAll(parameter.getAllInvolvedRawTypes());
      }
      mentioned.addAll(codeUnit.getExceptionTypes());
    }
    return mentioned;
  }
}
