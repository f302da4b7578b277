package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MalformedItemException;
import io.github.itemseal.testing.TestKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequiredContextKeyringTest {
  private static final AlgorithmSuite SUITE =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  private static final String REQUIRED = "aws-crypto-partition-name";

  private final RawAesKeyring keyring = RawAesKeyring.of("ns", "kn", TestKeys.aes(256));
  private final Twins twins =
      new Twins(
          RequiredContextKeyring.of((Keyring) keyring, REQUIRED),
          RequiredContextKeyring.of((AsyncKeyring) keyring, REQUIRED));
  private final Twins local = Twins.of(RequiredContextKeyring.of(keyring, REQUIRED));

  @Test
  void entryPresent_roundTrips() {
    twins.assertRoundTrips();
    local.assertRoundTrips();
  }

  @Test
  void onEncrypt_entryMissing_throwsNamingIt() {
    for (Twins each : List.of(twins, local)) {
      each.assertDoesNotWrite(
          EncryptionMaterials.builder(SUITE).encryptionContext(Map.of("other", "x")).build(),
          MalformedItemException.class,
          "lacks the required entry '" + REQUIRED + "'");
    }
  }

  /** What only the header says is an attacker's claim. */
  @Test
  void onDecrypt_entryStoredOnly_throwsNamingIt() {
    EncryptionMaterials written = twins.write().get(0);
    for (Twins each : List.of(twins, local)) {
      each.assertRefuses(
          DecryptionMaterials.builder(SUITE, written.encryptedDataKeys())
              .storedContext(Map.of(REQUIRED, "pk"))
              .reproducedContext(Map.of("other", "x"))
              .build(),
          MalformedItemException.class,
          "lacks the required entry '" + REQUIRED + "'");
    }
  }

  @Test
  void onDecrypt_withoutTheWrapper_opens() {
    EncryptionMaterials written = twins.write().get(0);
    keyring.onDecrypt(Twins.toRead(written));
    assertThatThrownBy(
            () ->
                keyring.onDecrypt(
                    DecryptionMaterials.builder(SUITE, written.encryptedDataKeys())
                        .reproducedContext(Map.of("other", "x"))
                        .build()))
        .hasMessageContaining("failed authentication");
  }
}
