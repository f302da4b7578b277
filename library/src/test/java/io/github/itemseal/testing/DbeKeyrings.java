package io.github.itemseal.testing;

import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawEcdhKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.keyring.StaticBranchKeys;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keyrings of each kind that needs no network, under test keys. */
public final class DbeKeyrings {
  private static final Map<String, List<Keyring>> ALL = create();

  private DbeKeyrings() {}

  /**
   * Ten of them by name, the same ones on every call: what a multi-keyring of theirs writes, each
   * of its parts reads alone.
   */
  public static Map<String, List<Keyring>> all() {
    return ALL;
  }

  private static Map<String, List<Keyring>> create() {
    Keyring aes = RawAesKeyring.of("ns", "aes", TestKeys.aes(256));
    Keyring rsa = rsa(RsaKeyPadding.OAEP_SHA256);
    Keyring ecdh = ecdh("secp256r1");
    Keyring hierarchical = hierarchical();
    Map<String, List<Keyring>> all = new LinkedHashMap<>();
    all.put("AES-128", List.of(RawAesKeyring.of("ns", "aes 128", TestKeys.aes(128))));
    all.put("AES-256", List.of(aes));
    all.put("RSA, OAEP", List.of(rsa));
    all.put("RSA, PKCS #1 v1.5", List.of(rsa(RsaKeyPadding.PKCS1)));
    all.put("ECDH, P-256", List.of(ecdh));
    all.put("ECDH, P-521", List.of(ecdh("secp521r1")));
    all.put("hierarchical", List.of(hierarchical));
    all.put("AES and RSA", List.of(aes, rsa));
    all.put("hierarchical, ECDH and AES", List.of(hierarchical, ecdh, aes));
    all.put("RSA and hierarchical", List.of(rsa, hierarchical));
    return all;
  }

  private static Keyring rsa(RsaKeyPadding padding) {
    return RawRsaKeyring.builder("ns", padding.name(), padding).keyPair(TestKeys.rsa()).build();
  }

  private static Keyring ecdh(String curve) {
    KeyPair own = TestKeys.ec(curve);
    return RawEcdhKeyring.staticKeys(own.getPrivate(), TestKeys.ec(curve).getPublic());
  }

  private static Keyring hierarchical() {
    UUID version = UUID.fromString("00000000-0000-4000-8000-000000000001");
    return HierarchicalKeyring.builder(
            StaticBranchKeys.of(
                BranchKey.of("tenant", version, Map.of(), TestKeys.aes(256).getEncoded())))
        .branchKeyId("tenant")
        .ttl(Duration.ofHours(1))
        .build();
  }
}
