package io.github.itemseal.testkit;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** The operations of {@link InMemoryKms}, from request to response; both faces call them. */
final class KmsOperations {
  private final InMemoryKms kms;

  KmsOperations(InMemoryKms kms) {
    this.kms = kms;
  }

  // ---- data keys ----

  GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    admit(
        "GenerateDataKey",
        request.keyId(),
        request.encryptionContext(),
        request.grantTokens(),
        request);
    InMemoryKey key = enabled(request.keyId());
    byte[] dataKey = AesGcm.random(lengthOf(request.numberOfBytes(), request.keySpec()));
    return GenerateDataKeyResponse.builder()
        .keyId(key.arn())
        .plaintext(SdkBytes.fromByteArray(dataKey))
        .ciphertextBlob(sealed("GenerateDataKey", key, dataKey, request.encryptionContext()))
        .build();
  }

  GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    admit(
        "GenerateDataKeyWithoutPlaintext",
        request.keyId(),
        request.encryptionContext(),
        request.grantTokens(),
        request);
    InMemoryKey key = enabled(request.keyId());
    byte[] dataKey = AesGcm.random(lengthOf(request.numberOfBytes(), request.keySpec()));
    return GenerateDataKeyWithoutPlaintextResponse.builder()
        .keyId(key.arn())
        .ciphertextBlob(
            sealed("GenerateDataKeyWithoutPlaintext", key, dataKey, request.encryptionContext()))
        .build();
  }

  // ---- encryption ----

  EncryptResponse encrypt(EncryptRequest request) {
    admit("Encrypt", request.keyId(), request.encryptionContext(), request.grantTokens(), request);
    InMemoryKey key = enabled(request.keyId());
    EncryptionAlgorithmSpec algorithm = algorithmOf(request.encryptionAlgorithm());
    return EncryptResponse.builder()
        .keyId(key.arn())
        .encryptionAlgorithm(algorithm)
        .ciphertextBlob(
            sealed(
                "Encrypt",
                key,
                algorithm,
                request.plaintext().asByteArray(),
                request.encryptionContext()))
        .build();
  }

  DecryptResponse decrypt(DecryptRequest request) {
    admit("Decrypt", request.keyId(), request.encryptionContext(), request.grantTokens(), request);
    EncryptionAlgorithmSpec algorithm = algorithmOf(request.encryptionAlgorithm());
    byte[] blob = request.ciphertextBlob().asByteArray();
    InMemoryKey key = decryptionKey(request.keyId(), algorithm, blob);
    return DecryptResponse.builder()
        .keyId(key.arn())
        .encryptionAlgorithm(algorithm)
        .plaintext(
            SdkBytes.fromByteArray(
                opened("Decrypt", key, algorithm, blob, request.encryptionContext())))
        .build();
  }

  ReEncryptResponse reEncrypt(ReEncryptRequest request) {
    admit(
        "ReEncrypt",
        request.destinationKeyId(),
        request.destinationEncryptionContext(),
        request.grantTokens(),
        request);
    EncryptionAlgorithmSpec from = algorithmOf(request.sourceEncryptionAlgorithm());
    EncryptionAlgorithmSpec to = algorithmOf(request.destinationEncryptionAlgorithm());
    byte[] blob = request.ciphertextBlob().asByteArray();
    InMemoryKey source = decryptionKey(request.sourceKeyId(), from, blob);
    InMemoryKey destination = enabled(request.destinationKeyId());
    byte[] plaintext = opened("ReEncrypt", source, from, blob, request.sourceEncryptionContext());
    return ReEncryptResponse.builder()
        .sourceKeyId(source.arn())
        .sourceEncryptionAlgorithm(from)
        .keyId(destination.arn())
        .destinationEncryptionAlgorithm(to)
        .ciphertextBlob(
            sealed("ReEncrypt", destination, to, plaintext, request.destinationEncryptionContext()))
        .build();
  }

  // ---- key pairs ----

  DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest request) {
    admit("DeriveSharedSecret", request.keyId(), Map.of(), request.grantTokens(), request);
    InMemoryKey key = enabled(request.keyId());
    if (!(key.material() instanceof EcMaterial ec)) {
      throw KeyMaterial.wrongUsage("DeriveSharedSecret", key.material());
    }
    if (request.keyAgreementAlgorithm() != KeyAgreementAlgorithmSpec.ECDH) {
      throw KmsFaults.validation("Specify the key agreement algorithm ECDH.");
    }
    return DeriveSharedSecretResponse.builder()
        .keyId(key.arn())
        .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)
        .sharedSecret(
            SdkBytes.fromByteArray(ec.deriveSharedSecret(request.publicKey().asByteArray())))
        .build();
  }

  GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
    admit("GetPublicKey", request.keyId(), Map.of(), request.grantTokens(), request);
    InMemoryKey key = enabled(request.keyId());
    GetPublicKeyResponse.Builder response =
        GetPublicKeyResponse.builder().keyId(key.arn()).keySpec(key.material().spec());
    if (key.material() instanceof RsaMaterial rsa) {
      response
          .publicKey(der(rsa.publicKey()))
          .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
          .encryptionAlgorithms(
              EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1, EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256);
    } else if (key.material() instanceof EcMaterial ec) {
      response
          .publicKey(der(ec.publicKey()))
          .keyUsage(KeyUsageType.KEY_AGREEMENT)
          .keyAgreementAlgorithms(KeyAgreementAlgorithmSpec.ECDH);
    } else {
      throw KeyMaterial.wrongUsage("GetPublicKey", key.material());
    }
    return response.build();
  }

  // ---- what they share ----

  private void admit(
      String operation,
      @Nullable String keyId,
      Map<String, String> encryptionContext,
      List<String> grantTokens,
      KmsRequest request) {
    kms.admit(
        new InMemoryKms.Call(operation, keyId == null ? "" : keyId, encryptionContext, grantTokens),
        request);
  }

  private InMemoryKey enabled(String keyId) {
    InMemoryKey key = kms.find(keyId);
    key.requireEnabled();
    return key;
  }

  /** The key that a ciphertext names, or for RSA, whose ciphertexts name none, the request. */
  private InMemoryKey decryptionKey(
      @Nullable String keyId, EncryptionAlgorithmSpec algorithm, byte[] blob) {
    if (algorithm != EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT) {
      if (keyId == null) {
        throw KmsFaults.validation("Specify the key, whose ciphertexts do not name it.");
      }
      return enabled(keyId);
    }
    InMemoryKey named = keyId == null ? null : kms.find(keyId);
    InMemoryKey key = kms.keyOf(blob);
    if (named != null && named != key) {
      throw IncorrectKeyException.builder()
          .message("The key ID in the request does not identify the key that encrypted.")
          .build();
    }
    key.requireEnabled();
    return key;
  }

  private static SdkBytes sealed(
      String operation, InMemoryKey key, byte[] plaintext, Map<String, String> context) {
    return sealed(operation, key, EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT, plaintext, context);
  }

  private static SdkBytes sealed(
      String operation,
      InMemoryKey key,
      EncryptionAlgorithmSpec algorithm,
      byte[] plaintext,
      Map<String, String> context) {
    if (key.material() instanceof RsaMaterial rsa
        && algorithm != EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT) {
      requireNoContext(context);
      return SdkBytes.fromByteArray(rsa.encrypt(algorithm, plaintext));
    }
    requireSymmetric(operation, key, algorithm);
    return SdkBytes.fromByteArray(
        key.symmetric(operation).encrypt(key.id(), plaintext, canonical(context)));
  }

  private static byte[] opened(
      String operation,
      InMemoryKey key,
      EncryptionAlgorithmSpec algorithm,
      byte[] blob,
      Map<String, String> context) {
    if (key.material() instanceof RsaMaterial rsa
        && algorithm != EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT) {
      requireNoContext(context);
      return rsa.decrypt(algorithm, blob);
    }
    requireSymmetric(operation, key, algorithm);
    return key.symmetric(operation).decrypt(key.id(), blob, canonical(context));
  }

  private static void requireSymmetric(
      String operation, InMemoryKey key, EncryptionAlgorithmSpec algorithm) {
    if (algorithm != EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT) {
      throw KeyMaterial.wrongUsage(operation + " with " + algorithm, key.material());
    }
  }

  private static void requireNoContext(Map<String, String> context) {
    if (!context.isEmpty()) {
      throw KmsFaults.validation("An RSA key takes no encryption context.");
    }
  }

  private static EncryptionAlgorithmSpec algorithmOf(@Nullable EncryptionAlgorithmSpec algorithm) {
    return algorithm == null ? EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT : algorithm;
  }

  private static int lengthOf(@Nullable Integer numberOfBytes, @Nullable DataKeySpec keySpec) {
    if (numberOfBytes != null) {
      return numberOfBytes;
    }
    if (keySpec == DataKeySpec.AES_128) {
      return 16;
    }
    if (keySpec == DataKeySpec.AES_256) {
      return 32;
    }
    throw KmsFaults.validation("Specify KeySpec or NumberOfBytes.");
  }

  private static SdkBytes der(PublicKey key) {
    return SdkBytes.fromByteArray(key.getEncoded());
  }

  /** The context as bytes that no other context has: sorted, every text behind its length. */
  private static byte[] canonical(Map<String, String> encryptionContext) {
    StringBuilder canonical = new StringBuilder();
    for (String name : new TreeSet<>(encryptionContext.keySet())) {
      String text = String.valueOf(encryptionContext.get(name));
      canonical.append(name.length()).append(':').append(name);
      canonical.append(text.length()).append(':').append(text);
    }
    return canonical.toString().getBytes(StandardCharsets.UTF_16BE);
  }
}
