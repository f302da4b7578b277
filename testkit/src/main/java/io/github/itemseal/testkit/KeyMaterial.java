package io.github.itemseal.testkit;

import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** What a key computes with. Replicas of a multi-Region key share it. Thread-safe. */
sealed interface KeyMaterial permits SymmetricMaterial, RsaMaterial, EcMaterial {

  /** Makes material of a kind that encrypts or agrees on secrets. */
  static KeyMaterial generate(KeySpec spec) {
    return switch (spec) {
      case SYMMETRIC_DEFAULT -> new SymmetricMaterial();
      case RSA_2048, RSA_3072, RSA_4096 -> new RsaMaterial(spec);
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> new EcMaterial(spec);
      default -> throw new IllegalArgumentException("No keys of " + spec + " here.");
    };
  }

  KeySpec spec();

  static InvalidKeyUsageException wrongUsage(String operation, KeyMaterial material) {
    return InvalidKeyUsageException.builder()
        .statusCode(400)
        .message("A key of %s is not for %s.".formatted(material.spec(), operation))
        .build();
  }
}
