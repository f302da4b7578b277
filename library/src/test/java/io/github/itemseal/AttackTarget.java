package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the attack tests attack: an item of every type, half of it encrypted, under each kind of
 * keys.
 *
 * @param name for reports
 * @param provider the keys
 * @param encrypts whether there is a content key
 */
record AttackTarget(String name, LocalMaterialsProvider provider, boolean encrypts) {
  static final String TABLE = "T";

  /** All authentication failures read like this: the text tells nobody which check it was. */
  static final String MESSAGE =
      "The item of table 'T' failed authentication: it was changed, is incomplete (a projection?),"
          + " or was written with other keys, another logical table name or other attribute"
          + " actions.";

  private static final List<AttackTarget> ALL = create();

  /** One for each kind of keys. */
  static List<AttackTarget> all() {
    return ALL;
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
    return List.of(
        new AttackTarget(
            "static, HMAC",
            StaticMaterialsProvider.builder()
                .encryptionKey(TestKeys.aes(128))
                .signingKeys(mac)
                .build(),
            true),
        new AttackTarget(
            "sign only, HMAC", StaticMaterialsProvider.builder().signingKeys(mac).build(), false),
        new AttackTarget(
            "wrapped AES, HMAC",
            WrappedMaterialsProvider.builder()
                .wrappingKey(TestKeys.aes(256))
                .signingKeys(mac)
                .build(),
            true),
        new AttackTarget(
            "wrapped RSA, HMAC",
            WrappedMaterialsProvider.builder()
                .wrappingKeyPair(TestKeys.rsa())
                .signingKeys(mac)
                .build(),
            true),
        new AttackTarget(
            "wrapped AES, RSA signature",
            WrappedMaterialsProvider.builder()
                .wrappingKey(TestKeys.aes(256))
                .signingKeys(SigningKeys.keyPair(TestKeys.rsa()))
                .build(),
            true),
        new AttackTarget(
            "wrapped AES, ECDSA signature",
            WrappedMaterialsProvider.builder()
                .wrappingKey(TestKeys.aes(256))
                .signingKeys(SigningKeys.keyPair(TestKeys.ec("secp256r1")))
                .build(),
            true));
  }

  /** Encrypts e…, signs s… and the keys, leaves n… alone; what has no key signs instead. */
  AttributeActions actions() {
    AttributeActions actions =
        AttributeActions.withDefault(CryptoAction.SIGN_ONLY).with("n", CryptoAction.DO_NOTHING);
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
            .writes(Ddbec.using(provider))
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
    assertThatThrownBy(decryption)
        .as(description)
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessage(MESSAGE)
        .hasNoCause()
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.NOT_AUTHENTIC);
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
