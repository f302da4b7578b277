package io.github.itemseal.materials;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows of a MetaStore table, in plaintext: how new keys are written into one, and which keys
 * are in one. Source: docs/metastore.md. Does no I/O; immutable and thread-safe.
 */
final class MetaStoreRows {
  private static final String TYPE = "t";
  private static final String ENCRYPTION_KEY = "enc";
  private static final String ENCRYPTION_ALGORITHM = "encAlg";
  private static final String INTEGRITY_KEY = "int";
  private static final String INTEGRITY_ALGORITHM = "intAlg";

  private static final Set<String> KEY_FIELDS =
      Set.of(TYPE, ENCRYPTION_KEY, ENCRYPTION_ALGORITHM, INTEGRITY_KEY, INTEGRITY_ALGORITHM);

  /** The only type of material there is: an AES key that wraps and a MAC key. */
  private static final String KEYS_TYPE = "0";

  private static final String AES = "AES";
  private static final String HMAC_SHA256 = "HmacSHA256";
  private static final int NEW_KEY_BITS = 256;

  private final String tableName;
  private final FailureSubject subject;
  private final @Nullable MetaStoreExtraData extraData;

  MetaStoreRows(String tableName, FailureSubject subject, @Nullable MetaStoreExtraData extraData) {
    this.tableName = tableName;
    this.subject = subject;
    this.extraData = extraData;
  }

  /**
   * How rows are protected.
   *
   * @throws IllegalArgumentException if the extra data would leave a key field readable
   */
  AttributeActions actions() {
    AttributeActions actions = AttributeActions.encryptAndSign();
    if (extraData == null) {
      return actions;
    }
    for (String name : extraData.signedOnlyNames()) {
      if (KEY_FIELDS.contains(name)) {
        throw new IllegalArgumentException(
            "Attribute '%s' of a MetaStore row is always encrypted, it cannot be signed only."
                .formatted(name));
      }
      actions = actions.with(name, CryptoAction.SIGN_ONLY);
    }
    return actions;
  }

  /**
   * A row of new random keys, in plaintext.
   *
   * @throws IllegalArgumentException if the extra data has the name of a standard attribute
   */
  Map<String, AttributeValue> newRow(MaterialId id) {
    Map<String, AttributeValue> row = new HashMap<>(MetaStoreTable.key(id));
    row.put(TYPE, AttributeValue.fromS(KEYS_TYPE));
    row.put(ENCRYPTION_KEY, randomKey());
    row.put(ENCRYPTION_ALGORITHM, AttributeValue.fromS(AES));
    row.put(INTEGRITY_KEY, randomKey());
    row.put(INTEGRITY_ALGORITHM, AttributeValue.fromS(HMAC_SHA256));
    if (extraData != null) {
      extraData
          .attributes(id.name(), id.version())
          .forEach(
              (name, value) -> {
                if (row.putIfAbsent(name, value) != null) {
                  throw new IllegalArgumentException(
                      "Extra data cannot be stored as '%s', a standard attribute of MetaStore rows."
                          .formatted(name));
                }
              });
    }
    return row;
  }

  private static AttributeValue randomKey() {
    return AttributeValue.fromB(
        SdkBytes.fromByteArrayUnsafe(KeyWrapping.generateAesKey(NEW_KEY_BITS).getEncoded()));
  }

  /** The provider of a row, which is verified and decrypted. */
  MetaStoreMaterialsProvider providerOf(MaterialId id, Map<String, AttributeValue> row) {
    Keys keys = keysOf(id, row);
    return new MetaStoreMaterialsProvider(id, keys.encryption(), keys.integrity());
  }

  /**
   * The provider of a row that was replicated from another table.
   *
   * @param source the other table's row
   * @throws MaterialsUnavailableException if it holds other keys
   */
  MetaStoreMaterialsProvider replicaOf(
      MaterialId id, Map<String, AttributeValue> source, Map<String, AttributeValue> row) {
    Keys expected = keysOf(id, source);
    Keys found = keysOf(id, row);
    if (!same(expected.encryption(), found.encryption())
        || !same(expected.integrity(), found.integrity())) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIAL_CONFLICT,
          subject,
          "The MetaStore table '%s' has %s already, with other keys; it was left as it is."
              .formatted(tableName, id.describe()),
          null);
    }
    return new MetaStoreMaterialsProvider(id, found.encryption(), found.integrity());
  }

  private static boolean same(SecretKey one, SecretKey other) {
    return one.getAlgorithm().equals(other.getAlgorithm())
        && MessageDigest.isEqual(one.getEncoded(), other.getEncoded());
  }

  private Keys keysOf(MaterialId id, Map<String, AttributeValue> row) {
    if (!MetaStoreTable.key(id).entrySet().stream()
        .allMatch(e -> DynamoDbEquality.same(e.getValue(), row.get(e.getKey())))) {
      // Authentic, but not what was asked for: somebody answered with another row.
      throw unusable(FailureReason.MATERIALS_MISMATCH, id, "the answer is another row");
    }
    AttributeValue type = row.get(TYPE);
    if (type == null || !KEYS_TYPE.equals(type.s())) {
      throw unusable(FailureReason.MATERIAL_TYPE_UNKNOWN, id, "its type is unknown");
    }
    List<String> missing = new ArrayList<>();
    byte[] encryption = bytes(row, ENCRYPTION_KEY, missing);
    String encryptionAlgorithm = text(row, ENCRYPTION_ALGORITHM, missing);
    byte[] integrity = bytes(row, INTEGRITY_KEY, missing);
    String integrityAlgorithm = text(row, INTEGRITY_ALGORITHM, missing);
    if (!missing.isEmpty()) {
      throw unusable(
          FailureReason.MATERIAL_INCOMPLETE, id, "it has no usable " + String.join(", ", missing));
    }
    if (!encryptionAlgorithm.toUpperCase(Locale.ROOT).equals(AES)
        || !KeyStrength.isAesLength(encryption.length * 8)) {
      throw unusable(
          FailureReason.ALGORITHM_NOT_ALLOWED, id, "its encryption key is not an AES key");
    }
    SigningAlgorithm mac = macAlgorithm(integrityAlgorithm);
    if (mac == null) {
      throw unusable(FailureReason.ALGORITHM_NOT_ALLOWED, id, "its integrity key is not a MAC key");
    }
    if (!KeyStrength.Use.READING.allowsMacBits(8 * integrity.length)) {
      throw unusable(FailureReason.ALGORITHM_NOT_ALLOWED, id, "its integrity key is too short");
    }
    return new Keys(
        new SecretKeySpec(encryption, AES), new SecretKeySpec(integrity, mac.jcaName()));
  }

  /** Rows from before November 2015 name their HmacSHA256 key AES. */
  private static @Nullable SigningAlgorithm macAlgorithm(String name) {
    return SigningAlgorithm.fromJcaName(name.equals(AES) ? HMAC_SHA256 : name)
        .filter(SigningAlgorithm::isMac)
        .orElse(null);
  }

  private static byte[] bytes(Map<String, AttributeValue> row, String name, List<String> missing) {
    AttributeValue value = row.get(name);
    byte[] bytes = value == null || value.b() == null ? new byte[0] : value.b().asByteArray();
    if (bytes.length == 0) {
      missing.add(name);
    }
    return bytes;
  }

  private static String text(Map<String, AttributeValue> row, String name, List<String> missing) {
    AttributeValue value = row.get(name);
    if (value == null || value.s() == null) {
      missing.add(name);
      return "";
    }
    return value.s();
  }

  /** What a row is for; no record's {@code toString} for secrets. */
  private record Keys(SecretKey encryption, SecretKey integrity) {
    @Override
    public String toString() {
      return "Keys";
    }
  }

  private MaterialsUnavailableException unusable(
      FailureReason reason, MaterialId id, String problem) {
    return new MaterialsUnavailableException(
        reason,
        subject,
        "The row of %s in MetaStore table '%s' cannot be used: %s."
            .formatted(id.describe(), tableName, problem),
        null);
  }
}
