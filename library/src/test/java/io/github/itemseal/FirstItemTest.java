package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The first item of a fresh JVM needs none of what the JDK takes long to make: the method handles
 * that join texts and hash records.
 */
class FirstItemTest {
  private static final String OPENED = "opened";

  @ParameterizedTest
  @ValueSource(strings = {"ddbec", "dbe"})
  void encryptAndDecrypt_inAFreshJvm_hashNoRecord(String format) throws Exception {
    Process jvm =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FirstItemTest.class.getName(),
                    format))
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output)
        .contains(OPENED, "io.github.itemseal.ItemEncryptor source:")
        .doesNotContain("java.lang.runtime.ObjectMethods source:");
  }

  @Test
  void classes_ofTheLibrary_joinTextsInline() throws Exception {
    Path root =
        Path.of(ItemEncryptor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(300);
      for (Path file : classes) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("makeConcatWithConstants");
      }
    }
  }

  public static void main(String[] arguments) {
    ItemFormat format =
        arguments[0].equals("ddbec")
            ? Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(256))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build())
            : Dbe.using(RawAesKeyring.of("test", "first", TestKeys.aes(256)));
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("id")))
                .actions(AttributeActions.encryptAndSign())
                .writes(format)
                .build());
    Map<String, AttributeValue> item =
        Map.of("id", AttributeValue.fromS("first"), "text", AttributeValue.fromS("of a JVM"));
    if (encryptor.decryptItem(encryptor.encryptItem(item)).equals(item)) {
      System.out.println(OPENED);
    }
  }
}
