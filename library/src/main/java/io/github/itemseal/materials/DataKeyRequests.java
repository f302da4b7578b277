package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.WireFormatException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * Requests to AWS KMS for the data keys of items. Source: docs/formats/ddbec.md, "AWS KMS". Does no
 * I/O; immutable and thread-safe.
 */
final class DataKeyRequests {
  /** Bytes of the data key, from which the content key and the MAC key are derived. */
  static final int DATA_KEY_BYTES = 32;

  /** Largest ciphertext that KMS takes. */
  private static final int MAX_CIPHERTEXT_BYTES = 6144;

  private static final String CONTEXT_CONTENT_ALGORITHM = "*amzn-ddb-env-alg*";
  private static final String CONTEXT_SIGNING_ALGORITHM = "*amzn-ddb-sig-alg*";
  private static final String CONTEXT_TABLE = "*aws-kms-table*";

  private final KmsSettings settings;
  private final AwsRequestOverrideConfiguration userAgent;

  DataKeyRequests(KmsSettings settings) {
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

  GenerateDataKeyRequest generate(EncryptionContext context) {
    GenerateDataKeyRequest.Builder request =
        GenerateDataKeyRequest.builder()
            .keyId(settings.keyIdFor(context))
            .numberOfBytes(DATA_KEY_BYTES)
            .encryptionContext(
                encryptionContext(
                    context,
                    KeyDescriptor.ofContentKeys(settings).text(),
                    KeyDescriptor.ofSigningKeys(settings).text()))
            .overrideConfiguration(userAgent);
    if (!settings.grantTokens().isEmpty()) {
      request.grantTokens(settings.grantTokens());
    }
    return request.build();
  }

  DecryptRequest decrypt(EncryptionContext context) {
    FailureSubject subject = DataKeyFailures.subject(context);
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
                    DescriptionEntries.require(
                        description, DescriptionEntries.SIGNING_KEY_ALGORITHM, subject)))
            .overrideConfiguration(userAgent);
    if (settings.decryptionKeyArns().isEmpty() && !settings.decryptsWithAnyKey()) {
      request.keyId(settings.keyIdFor(context));
    }
    if (!settings.grantTokens().isEmpty()) {
      request.grantTokens(settings.grantTokens());
    }
    return request.build();
  }

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
    FailureSubject subject = DataKeyFailures.subject(context).withAttribute(name);
    if (entries.put(name, textOf(value, subject)) != null) {
      throw DataKeyFailures.unavailable(
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
}
