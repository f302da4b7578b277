package io.github.itemseal.interop;

import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawEcdhKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.testing.TestKeys;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.PaddingScheme;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/**
 * One way of wrapping data keys, configured alike in the original and here.
 *
 * @param name for reports
 * @param originalWriter the original's keyring that writes
 * @param originalReader the original's keyring that reads; often the same
 * @param writer this library's keyring that writes
 * @param reader this library's keyring that reads
 */
record KeyringPair(
    String name, IKeyring originalWriter, IKeyring originalReader, Keyring writer, Keyring reader) {
  private static final String NAMESPACE = "nämespace \uD83D\uDE00";
  private static final String NAME = "テ key";

  /** Every keyring that needs neither a network nor a database. */
  static List<KeyringPair> local() {
    List<KeyringPair> pairs = new ArrayList<>();
    for (int bits : new int[] {128, 192, 256}) {
      pairs.add(rawAes(bits));
    }
    KeyPair rsa = TestKeys.rsa();
    for (RsaKeyPadding padding : RsaKeyPadding.values()) {
      pairs.add(rawRsa(rsa, padding));
    }
    for (int bits : new int[] {256, 384, 521}) {
      KeyPair sender = TestKeys.ec("secp%dr1".formatted(bits));
      KeyPair recipient = TestKeys.ec("secp%dr1".formatted(bits));
      ECDHCurveSpec curve = ECDHCurveSpec.valueOf("ECC_NIST_P" + bits);
      pairs.add(
          of(
              "ECDH P-%d, static keys".formatted(bits),
              OriginalKeyrings.rawEcdhStatic(sender.getPrivate(), recipient.getPublic(), curve),
              RawEcdhKeyring.staticKeys(sender.getPrivate(), recipient.getPublic())));
      pairs.add(
          new KeyringPair(
              "ECDH P-%d, ephemeral key".formatted(bits),
              OriginalKeyrings.rawEcdhEphemeral(recipient.getPublic(), curve),
              OriginalKeyrings.rawEcdhDiscovery(recipient.getPrivate(), curve),
              RawEcdhKeyring.ephemeral(recipient.getPublic()),
              RawEcdhKeyring.discovery(recipient.getPrivate())));
    }
    KeyringPair first = rawAes(256);
    KeyringPair second = rawRsa(rsa, RsaKeyPadding.OAEP_SHA256);
    IKeyring original = OriginalKeyrings.multi(first.originalWriter(), second.originalWriter());
    Keyring ours = MultiKeyring.of(first.writer(), second.writer());
    pairs.add(of("multi of AES-256 and RSA", original, ours));
    pairs.add(
        new KeyringPair(
            "multi of AES-256 and RSA, read with RSA",
            original,
            second.originalReader(),
            ours,
            second.reader()));
    return pairs;
  }

  private static KeyringPair rawAes(int bits) {
    SecretKey key = TestKeys.aes(bits);
    return of(
        "AES-" + bits,
        OriginalKeyrings.rawAes(NAMESPACE, NAME, key),
        RawAesKeyring.of(NAMESPACE, NAME, key));
  }

  private static KeyringPair rawRsa(KeyPair pair, RsaKeyPadding padding) {
    PaddingScheme scheme =
        PaddingScheme.valueOf(padding == RsaKeyPadding.PKCS1 ? "PKCS1" : padding.name() + "_MGF1");
    return of(
        "RSA-2048, " + scheme,
        OriginalKeyrings.rawRsa(NAMESPACE, NAME, pair.getPublic(), pair.getPrivate(), scheme),
        RawRsaKeyring.builder(NAMESPACE, NAME, padding).keyPair(pair).build());
  }

  /** Keyrings that write and read. */
  static KeyringPair of(String name, IKeyring original, Keyring ours) {
    return new KeyringPair(name, original, original, ours, ours);
  }

  @Override
  public String toString() {
    return name;
  }
}
