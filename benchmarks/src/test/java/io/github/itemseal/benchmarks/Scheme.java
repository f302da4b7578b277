package io.github.itemseal.benchmarks;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawEcdhKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RequiredContextKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.keyring.StaticBranchKeys;
import io.github.itemseal.materials.KeyStoreMaterialsProvider;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A format with a source of keys that needs no network, and how it is called in the results. */
enum Scheme {
  DDBEC_WRAPPED_AES(
      "ddbec-wrapped-aes",
      "DDBEC, wrapped AES",
      () -> Ddbec.using(wrappedAes(SigningKeys.mac(Keys.hmac())))),
  DDBEC_WRAPPED_RSA("ddbec-wrapped-rsa", "DDBEC, wrapped RSA", () -> Ddbec.using(wrappedRsa())),
  DDBEC_STATIC("ddbec-static", "DDBEC, static keys", () -> Ddbec.using(fixed())),
  DDBEC_KEY_STORE("ddbec-key-store", "DDBEC, key store", () -> Ddbec.using(keyStore())),
  DDBEC_SIGNED(
      "ddbec-wrapped-aes-signed",
      "DDBEC, wrapped AES, RSA signature",
      () -> Ddbec.using(wrappedAes(SigningKeys.keyPair(Keys.rsa())))),
  DBE_AES_6700("dbe-aes-6700", "DBE 6700, raw AES", () -> symmetric(Dbe.using(aes()))),
  DBE_AES_6701("dbe-aes-6701", "DBE 6701, raw AES", () -> signing(Dbe.using(aes()))),
  DBE_AES_6701_REUSE(
      "dbe-aes-6701-reuse",
      "DBE 6701, raw AES, signing key reused",
      () -> reusing(Dbe.using(aes()))),
  DBE_RSA_6700("dbe-rsa-6700", "DBE 6700, raw RSA", () -> symmetric(Dbe.using(rsa()))),
  DBE_RSA_6701("dbe-rsa-6701", "DBE 6701, raw RSA", () -> signing(Dbe.using(rsa()))),
  DBE_ECDH_6700("dbe-ecdh-6700", "DBE 6700, raw ECDH", () -> symmetric(Dbe.using(ecdh()))),
  DBE_ECDH_6701("dbe-ecdh-6701", "DBE 6701, raw ECDH", () -> signing(Dbe.using(ecdh()))),
  DBE_MULTI_6700("dbe-multi-6700", "DBE 6700, AES and AES", () -> symmetric(Dbe.using(multi()))),
  DBE_MULTI_6701("dbe-multi-6701", "DBE 6701, AES and AES", () -> signing(Dbe.using(multi()))),
  DBE_REQUIRED_6700(
      "dbe-required-6700",
      "DBE 6700, raw AES, required context",
      () -> symmetric(Dbe.using(required()))),
  DBE_REQUIRED_6701(
      "dbe-required-6701",
      "DBE 6701, raw AES, required context",
      () -> signing(Dbe.using(required()))),
  DBE_HIERARCHICAL_6700(
      "dbe-hierarchical-6700",
      "DBE 6700, hierarchical",
      () -> symmetric(Dbe.using(hierarchical()))),
  DBE_HIERARCHICAL_6701(
      "dbe-hierarchical-6701", "DBE 6701, hierarchical", () -> signing(Dbe.using(hierarchical())));

  private final String label;
  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // makes a new format each time
  private final Supplier<ItemFormat> ours;

  Scheme(String label, String title, Supplier<ItemFormat> ours) {
    this.label = label;
    this.title = title;
    this.ours = ours;
  }

  static Scheme labelled(String label) {
    for (Scheme scheme : values()) {
      if (scheme.label.equals(label)) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(label);
  }

  /** As it stands in the names of contenders. */
  String label() {
    return label;
  }

  /** As it stands in tables. */
  String title() {
    return title;
  }

  boolean isDdbec() {
    return label.startsWith("ddbec");
  }

  /** With the suite that adds an ECDSA signature. */
  boolean signsWithEcdsa() {
    return label.contains("6701");
  }

  /** Ours, with its keys. */
  ItemFormat format() {
    return ours.get();
  }

  /** Whether the original can do it: it has no reuse of signing keys. */
  boolean hasOriginal() {
    return this != DBE_AES_6701_REUSE;
  }

  private static LocalMaterialsProvider wrappedAes(SigningKeys signingKeys) {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(Keys.aes())
        .signingKeys(signingKeys)
        .build();
  }

  private static LocalMaterialsProvider wrappedRsa() {
    return WrappedMaterialsProvider.builder()
        .wrappingKeyPair(Keys.rsa())
        .signingKeys(SigningKeys.mac(Keys.hmac()))
        .build();
  }

  private static LocalMaterialsProvider fixed() {
    return StaticMaterialsProvider.builder()
        .encryptionKey(Keys.aes())
        .signingKeys(SigningKeys.mac(Keys.hmac()))
        .build();
  }

  private static LocalMaterialsProvider keyStore() {
    return KeyStoreMaterialsProvider.builder()
        .keyStore(Keys.keyStore())
        .encryptionAlias(Keys.ENCRYPTION_ALIAS, Keys.keyStorePassword())
        .signingAlias(Keys.SIGNING_ALIAS, Keys.keyStorePassword())
        .build();
  }

  private static RawAesKeyring aes() {
    return RawAesKeyring.of("benchmark", "aes", Keys.aes());
  }

  private static RawRsaKeyring rsa() {
    return RawRsaKeyring.builder("benchmark", "rsa", RsaKeyPadding.OAEP_SHA256)
        .keyPair(Keys.rsa())
        .build();
  }

  private static RawEcdhKeyring ecdh() {
    return RawEcdhKeyring.staticKeys(Keys.ec().getPrivate(), Keys.ec().getPublic());
  }

  private static Keyring multi() {
    return MultiKeyring.of(aes(), RawAesKeyring.of("benchmark", "second", Keys.aes()));
  }

  private static Keyring required() {
    return RequiredContextKeyring.of(aes(), "aws-crypto-table-name");
  }

  private static Keyring hierarchical() {
    return HierarchicalKeyring.builder(
            StaticBranchKeys.of(
                BranchKey.of(
                    Keys.BRANCH_KEY_ID,
                    UUID.fromString(Keys.BRANCH_KEY_VERSION),
                    Map.of(),
                    Keys.countingBytes())))
        .branchKeyId(Keys.BRANCH_KEY_ID)
        .ttl(Duration.ofHours(1))
        .build();
  }

  private static ItemFormat symmetric(Dbe dbe) {
    return dbe.algorithmSuite(
        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384);
  }

  private static Dbe signing(Dbe dbe) {
    return dbe.algorithmSuite(
        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384);
  }

  private static ItemFormat reusing(Dbe dbe) {
    return signing(dbe).signingKeyReuse(1_000, Duration.ofMinutes(1));
  }
}
