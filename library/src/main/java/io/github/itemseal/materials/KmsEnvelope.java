package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.HkdfSha256;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * The pure half of the KMS providers: requests from items, and materials from answers. Source:
 * docs/formats/ddbec.md, "AWS KMS". Immutable and thread-safe.
 */
final class KmsEnvelope {
  /** What listeners are told to have been asked. */
  static final String SOURCE = "AWS KMS";

  /** Bytes of the data key, from which the content key and the MAC key are derived. */
  private static final int DATA_KEY_BYTES = 32;

  /** Largest ciphertext that KMS takes. */
  private static final int MAX_CIPHERTEXT_BYTES = 6144;

  private static final String WRAP_ALGORITHM_KMS = "kms";
  private static final String SIGNING_KEY_ALGORITHM = "amzn-ddb-sig-alg";
  private static final String CONTEXT_NOTE = "aws-kms-ec-attr";
  private static final String CONTEXT_NOTE_KEYS = "*keys*";
  private static final String CONTEXT_CONTENT_ALGORITHM = "*amzn-ddb-env-alg*";
  private static final String CONTEXT_SIGNING_ALGORITHM = "*amzn-ddb-sig-alg*";
  private static final String CONTEXT_TABLE = "*aws-kms-table*";

  private final KmsSettings settings;
  private final AwsRequestOverrideConfiguration userAgent;

  KmsEnvelope(KmsSettings settings) {
    this.settings = settings;
    AwsRequestOverrideConfiguration.Builder agent =
        AwsRequestOverrideConfiguration.builder()
            .addApiName(ApiName.builder().name("itemseal").version("ddbec").build());
    settings
        .userAgentSuffix()
        .ifPresent(suffix -> agent.addApiName(ApiName.builder().name(suffix).version("-").build()));
    this.userAgent = agent.build();
  }

  /** The Region in the ARN of the key for an item; empty for ids and aliases, which name none. */
  Optional<String> regionFor(EncryptionContext context) {
    String[] parts = settings.keyIdFor(context).split(":", 6);
    return parts.length == 6 && parts[0].equals("arn") ? Optional.of(parts[3]) : Optional.empty();
  }

  // ---- encrypting ----

  GenerateDataKeyRequest generateRequest(EncryptionContext context) {
    GenerateDataKeyRequest.Builder request =
        GenerateDataKeyRequest.builder()
            .keyId(settings.keyIdFor(context))
            .numberOfBytes(DATA_KEY_BYTES)
            .encryptionContext(encryptionContext(context, contentAlgorithm(), signingAlgorithm()))
            .overrideConfiguration(userAgent);
    if (!settings.grantTokens().isEmpty()) {
      request.grantTokens(settings.grantTokens());
    }
    return request.build();
  }

  EncryptionMaterials encryptionMaterials(
      EncryptionContext context, GenerateDataKeyResponse response) {
    SdkBytes dataKey = response.plaintext();
    if (dataKey == null
        || dataKey.asByteArrayUnsafe().length != DATA_KEY_BYTES
        || response.ciphertextBlob() == null) {
      throw unavailable(subject(context), "KMS answered without a data key of 32 bytes.", null);
    }
    requireKey(settings.keyIdFor(context), response.keyId(), subject(context));
    HkdfSha256 hkdf = new HkdfSha256(dataKey.asByteArrayUnsafe());
    MaterialDescription description =
        settings
            .materialDescription()
            .with(CONTEXT_NOTE, CONTEXT_NOTE_KEYS)
            .with(DescriptionEntries.WRAP_ALGORITHM, WRAP_ALGORITHM_KMS)
            .with(DescriptionEntries.CONTENT_KEY_ALGORITHM, contentAlgorithm())
            .with(SIGNING_KEY_ALGORITHM, signingAlgorithm())
            .with(
                DescriptionEntries.WRAPPED_KEY,
                Base64.getEncoder().encodeToString(response.ciphertextBlob().asByteArrayUnsafe()));
    return EncryptionMaterials.encrypting(
        contentKey(hkdf, settings.contentKeyBits()),
        signingKey(hkdf, settings.signingAlgorithm(), settings.signingKeyBits()),
        settings.signingAlgorithm(),
        description);
  }

  // ---- decrypting ----

  DecryptRequest decryptRequest(EncryptionContext context) {
    FailureSubject subject = subject(context);
    MaterialDescription description = context.materialDescription();
    byte[] blob;
    try {
      blob =
          Base64.getMimeDecoder()
              .decode(
                  DescriptionEntries.require(description, DescriptionEntries.WRAPPED_KEY, subject));
    } catch (IllegalArgumentException e) {
      throw new ItemAuthenticationException(subject);
    }
    if (blob.length == 0 || blob.length > MAX_CIPHERTEXT_BYTES) {
      throw new ItemAuthenticationException(subject); // KMS would call the request invalid
    }
    DecryptRequest.Builder request =
        DecryptRequest.builder()
            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
            .encryptionContext(
                encryptionContext(
                    context,
                    DescriptionEntries.require(
                        description, DescriptionEntries.CONTENT_KEY_ALGORITHM, subject),
                    DescriptionEntries.require(description, SIGNING_KEY_ALGORITHM, subject)))
            .overrideConfiguration(userAgent);
    if (settings.decryptionKeyArns().isEmpty() && !settings.decryptsWithAnyKey()) {
      request.keyId(settings.keyIdFor(context));
    }
    if (!settings.grantTokens().isEmpty()) {
      request.grantTokens(settings.grantTokens());
    }
    return request.build();
  }

  DecryptionMaterials decryptionMaterials(EncryptionContext context, DecryptResponse response) {
    FailureSubject subject = subject(context);
    requireAllowedKey(context, response.keyId(), subject);
    if (response.plaintext() == null) {
      throw unavailable(subject, "KMS answered without a data key.", null);
    }
    MaterialDescription description = context.materialDescription();
    KeyDescriptor content =
        KeyDescriptor.parse(
            DescriptionEntries.require(
                description, DescriptionEntries.CONTENT_KEY_ALGORITHM, subject),
            subject);
    KeyDescriptor signing =
        KeyDescriptor.parse(
            DescriptionEntries.require(description, SIGNING_KEY_ALGORITHM, subject), subject);
    SigningAlgorithm signingAlgorithm =
        SigningAlgorithm.fromJcaName(signing.algorithm())
            .filter(SigningAlgorithm::isMac)
            .orElseThrow(() -> KeyDescriptor.notAllowed(subject));
    if (!KeyStrength.Use.READING.allowsMacBits(signing.bits())) {
      throw KeyDescriptor.notAllowed(subject);
    }
    if (!content.algorithm().equalsIgnoreCase("AES") || !KeyStrength.isAesLength(content.bits())) {
      throw KeyDescriptor.notAllowed(subject);
    }
    // Items of before 2016-12 have data keys of 256 bytes; the derivation takes any length.
    HkdfSha256 hkdf = new HkdfSha256(response.plaintext().asByteArrayUnsafe());
    return DecryptionMaterials.decrypting(
        contentKey(hkdf, content.bits()),
        signingKey(hkdf, signingAlgorithm, signing.bits()),
        Set.of(signingAlgorithm));
  }

  /** The typed exception for a call to KMS that failed. */
  static ItemsealException failure(EncryptionContext context, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    FailureSubject subject = subject(context);
    if (cause instanceof ItemsealException typed) {
      return typed.subject().tableName().isEmpty() // such as an interrupted wait
          ? unavailable(subject, String.valueOf(typed.getMessage()), typed)
          : typed;
    }
    if (cause instanceof InvalidCiphertextException) {
      // The context does not fit: table, keys or description were changed, or the blob itself.
      return new ItemAuthenticationException(subject);
    }
    if (cause instanceof IncorrectKeyException) {
      return otherKey(subject, cause);
    }
    return unavailable(
        subject,
        "AWS KMS gave no data key for the %s; its answer is the cause."
            .formatted(subject.describe()),
        cause);
  }

  private void requireAllowedKey(
      EncryptionContext context, @Nullable String answeredArn, FailureSubject subject) {
    if (settings.decryptsWithAnyKey()) {
      return;
    }
    Optional<Set<String>> allowed = settings.decryptionKeyArns();
    if (allowed.isEmpty()) {
      requireKey(settings.keyIdFor(context), answeredArn, subject);
    } else if (answeredArn == null || !allowed.get().contains(answeredArn)) {
      throw otherKey(subject, null);
    }
  }

  /** An alias names no key, so there KMS's own check of the request has to do. */
  private static void requireKey(
      String keyId, @Nullable String answeredArn, FailureSubject subject) {
    boolean alias = keyId.startsWith("alias/") || keyId.contains(":alias/");
    boolean fits =
        answeredArn != null
            && (alias || answeredArn.equals(keyId) || answeredArn.endsWith(":key/" + keyId));
    if (!fits) {
      throw otherKey(subject, null);
    }
  }

  private static MaterialsUnavailableException otherKey(
      FailureSubject subject, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIALS_MISMATCH,
        subject,
        ("The data key of the %s is not of the configured KMS key. If other keys are in use, name"
                + " them with decryptsWith(...).")
            .formatted(subject.describe()),
        cause);
  }

  // ---- the encryption context of KMS ----

  /**
   * What KMS binds the data key to. The text of a number is canonical in the context already: the
   * old clients sent what the application wrote, and could not read such items again.
   */
  private Map<String, String> encryptionContext(
      EncryptionContext context, String contentAlgorithm, String signingAlgorithm) {
    Map<String, String> entries = new TreeMap<>();
    entries.put(CONTEXT_CONTENT_ALGORITHM, contentAlgorithm);
    entries.put(CONTEXT_SIGNING_ALGORITHM, signingAlgorithm);
    context.tableName().ifPresent(name -> entries.put(CONTEXT_TABLE, name));
    context.partitionKeyName().ifPresent(name -> putKey(name, context, entries));
    context.sortKeyName().ifPresent(name -> putKey(name, context, entries));
    Map<String, String> bound =
        new TreeMap<>(settings.encryptionContext(context, Collections.unmodifiableMap(entries)));
    // Only KMS vouches for these two, so no function may leave them out: a reader would believe the
    // MAC key length of whoever can write to the table.
    bound.put(CONTEXT_CONTENT_ALGORITHM, contentAlgorithm);
    bound.put(CONTEXT_SIGNING_ALGORITHM, signingAlgorithm);
    return Collections.unmodifiableMap(bound);
  }

  private static void putKey(String name, EncryptionContext context, Map<String, String> entries) {
    AttributeValue value = context.attributes().get(name);
    if (value == null) {
      return;
    }
    FailureSubject subject = subject(context).withAttribute(name);
    if (entries.put(name, textOf(value, subject)) != null) {
      throw unavailable(
          subject,
          "The key %s is named like an entry that KMS gets.".formatted(subject.describe()),
          null);
    }
  }

  private static String textOf(AttributeValue value, FailureSubject subject) {
    return switch (AttributeTypes.typeOf(value)) {
      case S -> value.s();
      case N -> value.n();
      case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
      default ->
          throw new WireFormatException(
                  FailureReason.KEY_ATTRIBUTE_TYPE_INVALID, "is a key but not of type S, N or B")
              .toException(subject);
    };
  }

  // ---- keys ----

  private String contentAlgorithm() {
    return "AES/" + settings.contentKeyBits();
  }

  private String signingAlgorithm() {
    return settings.signingAlgorithm().jcaName() + "/" + settings.signingKeyBits();
  }

  private static SecretKey contentKey(HkdfSha256 hkdf, int bits) {
    return new SecretKeySpec(hkdf.expand("Encryption", bits / 8), "AES");
  }

  private static SecretKey signingKey(HkdfSha256 hkdf, SigningAlgorithm algorithm, int bits) {
    return new SecretKeySpec(hkdf.expand("Signing", bits / 8), algorithm.jcaName());
  }

  private static FailureSubject subject(EncryptionContext context) {
    return FailureSubject.of(context).withFormat(Ddbec.NAME);
  }

  private static MaterialsUnavailableException unavailable(
      FailureSubject subject, String message, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_SOURCE_FAILED, subject, message, cause);
  }

  /** {@code algorithm} or {@code algorithm/bits}, as descriptions name derived keys. */
  private record KeyDescriptor(String algorithm, int bits) {
    private static final int DEFAULT_BITS = 256;

    static KeyDescriptor parse(String text, FailureSubject subject) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        return new KeyDescriptor(text, DEFAULT_BITS);
      }
      try {
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits <= 0 || bits % 8 != 0 || bits > 8 * HkdfSha256.MAX_BYTES) {
          throw notAllowed(subject);
        }
        return new KeyDescriptor(text.substring(0, slash), bits);
      } catch (NumberFormatException e) {
        throw notAllowed(subject);
      }
    }

    static MalformedItemException notAllowed(FailureSubject subject) {
      return new MalformedItemException(
          FailureReason.ALGORITHM_NOT_ALLOWED,
          subject,
          "The %s names key algorithms other than AES and HmacSHA224 to HmacSHA512, or a short key."
              .formatted(subject.describe()));
    }
  }
}
