package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import org.junit.jupiter.api.Test;

/** The peers are the artifacts that reports name. */
class ClassPathTest {
  /** The Database Encryption SDK ships a copy of these classes, to read the old format. */
  @Test
  void oldClient_beyondItsCopyInTheDatabaseEncryptionSdk_isTheOneCompared() {
    assertThat(DynamoDBEncryptor.class.getProtectionDomain().getCodeSource().getLocation())
        .asString()
        .endsWith("aws-dynamodb-encryption-java-%s.jar".formatted(OldClient.version()));
  }
}
