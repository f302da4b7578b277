package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the attack tests attack: an item of every type, half of it encrypted, in each format and
 * under each kind of keys.
 *
 * @param name for reports
 * @param format with the keys
 * @param version2 whether what is readable is in the encryption context too, which DBE alone has
 * @param encrypts whether there is a content key
 */
record AttackTarget(String name, ItemFormat format, boolean version2, boolean encrypts) {
  static final String TABLE = "T";

  /** All authentication failures read like this: the text tells nobody which check it was. */
  static final String MESSAGE =
      "The item of table 'T' failed authentication: it was changed, is incomplete (a projection?),"
          + " or was written with other keys, another logical table name or other attribute"
          + " actions.";

  private static final List<AttackTarget> ALL = create();

  /** One for each kind of keys, of both formats. */
  static List<AttackTarget> all() {
    return ALL;
  }

  /** Those in the format DDBEC. */
  static List<AttackTarget> ddbec() {
    return ALL.stream().filter(target -> !target.isDbe()).toList();
  }

  /** Those in the format DBE. */
  static List<AttackTarget> dbe() {
    return ALL.stream().filter(AttackTarget::isDbe).toList();
  }

  /** Those whose items hold a wrapped content key. */
  static List<AttackTarget> wrapped() {
    return ALL.stream().filter(target -> target.name().startsWith("wrapped")).toList();
  }

  /** Those whose items have encrypted attributes. */
  static List<AttackTarget> encrypting() {
    return ALL.stream().filter(AttackTarget::encrypts).toList();
  }

  private static List<AttackTarget> create() {
    SigningKeys mac = SigningKeys.mac(TestKeys.hmac());
    SigningKeys rsa = SigningKeys.keyPair(TestKeys.rsa());
    SigningKeys ecdsa = SigningKeys.keyPair(TestKeys.ec("secp256r1"));
    StaticMaterialsProvider.Builder fixed = StaticMaterialsProvider.builder().signingKeys(mac);
    AlgorithmSuite hmacs = AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
    AlgorithmSuite signatures =
        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;
    return List.of(
        ddbec("sign only, HMAC", fixed.build(), false),
        ddbec("static, HMAC", fixed.encryptionKey(TestKeys.aes(128)).build(), true),
        ddbec("wrapped AES, HMAC", underAes().signingKeys(mac).build(), true),
        ddbec(
            "wrapped RSA, HMAC",
            WrappedMaterialsProvider.builder()
                .wrappingKeyPair(TestKeys.rsa())
                .signingKeys(mac)
                .build(),
            true),
        ddbec("wrapped AES, RSA signature", underAes().signingKeys(rsa).build(), true),
        ddbec("wrapped AES, ECDSA signature", underAes().signingKeys(ecdsa).build(), true),
        dbe("DBE 1, HMAC", hmacs, false),
        dbe("DBE 1, ECDSA signature", signatures, false),
        dbe("DBE 2, HMAC", hmacs, true),
        dbe("DBE 2, ECDSA signature", signatures, true));
  }

  private static WrappedMaterialsProvider.Builder underAes() {
    return WrappedMaterialsProvider.builder().wrappingKey(TestKeys.aes(256));
  }

  private static AttackTarget ddbec(
      String name, LocalMaterialsProvider provider, boolean encrypts) {
    return new AttackTarget(name, Ddbec.using(provider), false, encrypts);
  }

  private static AttackTarget dbe(String name, AlgorithmSuite suite, boolean version2) {
    return new AttackTarget(
        name,
        Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)))
            .algorithmSuite(suite)
            .unsignedAttributes("n"),
        version2,
        true);
  }

  private boolean isDbe() {
    return format instanceof Dbe;
  }

  /** The attribute that holds what only a holder of the keys can make. */
  String signatureAttribute() {
    return isDbe() ? Dbe.FOOTER_ATTRIBUTE : Ddbec.SIGNATURE_ATTRIBUTE;
  }

  /** Why an item is refused whose attribute of this name was given another value of its type. */
  Set<FailureReason> refusalsOf(String name) {
    if (!name.equals(Dbe.HEADER_ATTRIBUTE)) {
      return Set.of(FailureReason.NOT_AUTHENTIC);
    }
    return Set.of(
        FailureReason.NOT_AUTHENTIC,
        FailureReason.HEADER_MALFORMED,
        FailureReason.FOOTER_MALFORMED, // which is as long as suite and data keys ask for
        FailureReason.KEY_NOT_CONFIGURED);
  }

  /** Encrypts e…, signs s… and the keys, leaves n… alone; what has no key signs instead. */
  AttributeActions actions() {
    AttributeActions actions =
        AttributeActions.withDefault(
                version2
                    ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT
                    : CryptoAction.SIGN_ONLY)
            .with("n", CryptoAction.DO_NOTHING);
    if (!encrypts) {
      return actions;
    }
    return actions
        .with("eS", CryptoAction.ENCRYPT_AND_SIGN)
        .with("eN", CryptoAction.ENCRYPT_AND_SIGN)
        .with("absent", CryptoAction.ENCRYPT_AND_SIGN);
  }

  ItemEncryptor encryptor() {
    return encryptor(TABLE, actions());
  }

  ItemEncryptor encryptor(String tableName, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(tableName, TableIndex.of("pk", "sk")))
            .actions(actions)
            .writes(format)
            .build());
  }

  /** The stored form of {@link #plaintext}. */
  Map<String, AttributeValue> stored() {
    return encryptor().encryptItem(plaintext());
  }

  static Map<String, AttributeValue> plaintext() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", AttributeValue.fromS("pärtition 😀"));
    item.put("sk", AttributeValue.fromN("-12.5"));
    item.put("eS", AttributeValue.fromS("a text that is longer than a block"));
    item.put("eN", AttributeValue.fromN("1"));
    item.put("sS", AttributeValue.fromS("1"));
    item.put("sB", AttributeValue.fromB(bytes(0, 1, 0x7F, 0x80, 0xFF)));
    item.put("sBool", AttributeValue.fromBool(true));
    item.put("sNull", AttributeValue.fromNul(true));
    item.put("sSs", AttributeValue.fromSs(List.of("x", "ü", "\uE000", "😀")));
    item.put("sNs", AttributeValue.fromNs(List.of("10", "9", "-0.5")));
    item.put("sBs", AttributeValue.fromBs(List.of(bytes(0x7F), bytes(0x80), bytes())));
    item.put(
        "sMap",
        AttributeValue.fromM(
            Map.of(
                "list",
                AttributeValue.fromL(List.of(AttributeValue.fromN("7"), AttributeValue.fromS(""))),
                "ключ",
                AttributeValue.fromBool(false))));
    item.put("n", AttributeValue.fromS("unsigned"));
    return item;
  }

  /** Expects the uniform failure. */
  static void assertNotAuthentic(String description, ThrowingCallable decryption) {
    assertRefused(description, decryption, Set.of(FailureReason.NOT_AUTHENTIC));
  }

  /** Expects one of these failures, of which that of authentication is uniform. */
  static FailureReason assertRefused(
      String description, ThrowingCallable decryption, Set<FailureReason> allowed) {
    Throwable thrown = catchThrowable(decryption);
    assertThat(thrown).as(description).isInstanceOf(ItemsealException.class);
    FailureReason reason = ((ItemsealException) thrown).reason();
    assertThat(reason).as(description).isIn(allowed);
    if (reason == FailureReason.NOT_AUTHENTIC) {
      assertThat(thrown)
          .as(description)
          .isInstanceOf(ItemAuthenticationException.class)
          .hasMessage(MESSAGE)
          .hasNoCause();
    } else {
      assertThat(thrown)
          .as(description)
          .isInstanceOfAny(MalformedItemException.class, MaterialsUnavailableException.class)
          .hasMessageContaining("table 'T'");
    }
    return reason;
  }

  private static SdkBytes bytes(int... bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) bytes[i];
    }
    return SdkBytes.fromByteArray(result);
  }

  @Override
  public String toString() {
    return name;
  }
}
