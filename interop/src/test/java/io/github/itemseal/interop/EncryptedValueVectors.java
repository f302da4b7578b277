package io.github.itemseal.interop;

import static io.github.itemseal.interop.ItemForger.tagged;
import static io.github.itemseal.interop.ItemForger.utf8;
import static io.github.itemseal.interop.VectorItems.keysOnly;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.testing.Descriptions;
import io.github.itemseal.testing.VectorKeys;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items by somebody who has the keys: correctly signed, and correctly encrypted, but what was
 * encrypted is no attribute value. Verification does not protect from a broken writer.
 */
final class EncryptedValueVectors {
  private static final VectorSetup SETUP = VectorSetup.ofStaticKeys();
  private static final VectorKeys KEYS = new VectorKeys(VectorSubject.KEYS);
  private static final ItemForger FORGER =
      new ItemForger(SETUP.table(), KEYS.secret("test-aes-128"), KEYS.secret("test-hmac-sha256"));

  private EncryptedValueVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "invalid-encrypted-value", 7000);
    file.valid(
        "forged item with a string, to show that the others fail for what is encrypted",
        SETUP,
        put(keysOnly(), "a", s("x")),
        checked(forged(tagged('s', 1, utf8("x")))),
        VectorFlag.DERIVED);
    ciphertexts(file);
    shapes(file);
    lengths(file);
    return file;
  }

  /** The old client must take the forger's signature and encryption for its own. */
  private static Map<String, AttributeValue> checked(Map<String, AttributeValue> stored) {
    Map<String, AttributeValue> opened = SETUP.oldClient().decryptItem(stored, SETUP.actions());
    if (!opened.equals(put(keysOnly(), "a", s("x")))) {
      throw new IllegalStateException("The old client does not read what the forger writes.");
    }
    return stored;
  }

  private static void ciphertexts(VectorFile file) {
    byte[] good = FORGER.encrypt(tagged('s', 1, utf8("x")));
    ciphertext(file, "signed ciphertext empty", new byte[0]);
    ciphertext(file, "signed ciphertext cut to its IV", Arrays.copyOf(good, 16));
    ciphertext(file, "signed ciphertext cut within its IV", Arrays.copyOf(good, 15));
    ciphertext(file, "signed ciphertext cut within a block", Arrays.copyOf(good, 31));
    ciphertext(
        file, "signed ciphertext with padding of zeros", FORGER.encryptUnpadded(new byte[16]));
    byte[] tooLong = new byte[16];
    Arrays.fill(tooLong, (byte) 17);
    ciphertext(file, "signed ciphertext with padding of 17", FORGER.encryptUnpadded(tooLong));
  }

  private static void ciphertext(VectorFile file, String comment, byte[] stored) {
    file.invalid(
        comment,
        SETUP,
        signed(ItemForger.binary(stored)),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MALFORMED_PLAINTEXT);
  }

  private static void shapes(VectorFile file) {
    malformed(file, "nothing at all", "");
    malformed(file, "a single byte", "00");
    malformed(file, "unknown tag", "0078");
    malformed(file, "tag FF", "00FF");
    malformed(file, "reserved byte not zero", "0173 00000001 78");
    malformed(file, "reserved byte not zero inside a list", "004C 00000001 8000");
    malformed(file, "BOOL of 2", "003F 02");
    malformed(file, "BOOL of FF", "003F FF");
    malformed(file, "BOOL without a byte", "003F");
    malformed(file, "byte behind a NULL", "0000 00");
    malformed(file, "byte behind a string", "0073 00000001 78 00");
    malformed(file, "bytes behind a list", "004C 00000000 0000");
    malformed(file, "string that is no UTF-8", "0073 00000001 FF");
    malformed(file, "string with an overlong character", "0073 00000002 C080");
    malformed(file, "string with half of a surrogate pair", "0073 00000003 EDA080");
    malformed(file, "string set with a member that is no UTF-8", "0053 00000001 00000001 80");
    malformed(file, "map with a number as its key", "004D 00000001 006E 00000001 31 0000");
    malformed(file, "map without a value", "004D 00000001 0073 00000001 61");
    malformed(
        file,
        "map with a key given twice",
        "004D 00000002 0073 00000001 61 0000 0073 00000001 61 003F01");
    malformed(file, "list with too few elements", "004C 00000002 0000");
    malformed(file, "string cut in its length", "0073 000000");
    malformed(file, "string cut in its text", "0073 00000005 78787878");
    malformed(file, "binary cut", "0062 00000005 00000000"); // the old client hangs here
    byte[] element = {0, 'L', 0, 0, 0, 1};
    ByteArrayOutputStream nested = new ByteArrayOutputStream();
    for (int level = 1; level < 10_000; level++) {
      nested.writeBytes(element);
    }
    nested.writeBytes(new byte[] {0, 0});
    file.invalid(
        "nested 10,000 levels",
        SETUP,
        forged(nested.toByteArray()),
        MalformedItemException.class,
        FailureReason.NESTING_TOO_DEEP,
        VectorFlag.MALFORMED_PLAINTEXT);
  }

  private static void lengths(VectorFile file) {
    Map<String, String> prefixes =
        Map.of(
            "string", "0073",
            "number", "006E",
            "binary", "0062",
            "string set", "0053",
            "number set", "004E",
            "binary set", "0042",
            "list", "004C",
            "map", "004D");
    for (String type : prefixes.keySet().stream().sorted().toList()) {
      for (String length : List.of("7FFFFFFF", "80000000", "FFFFFFFF")) {
        malformed(
            file,
            "%s of length or count %s".formatted(type, length),
            prefixes.get(type) + length + "00000000",
            VectorFlag.LENGTH);
      }
    }
    for (String length : List.of("7FFFFFFF", "FFFFFFFF")) {
      malformed(
          file,
          "string set with a member of length " + length,
          "0053 00000001" + length + "78",
          VectorFlag.LENGTH);
      malformed(
          file,
          "map with a key of length " + length,
          "004D 00000001 0073" + length + "780000",
          VectorFlag.LENGTH);
    }
  }

  private static void malformed(
      VectorFile file, String comment, String hex, VectorFlag... moreFlags) {
    VectorFlag[] flags = Arrays.copyOf(moreFlags, moreFlags.length + 1);
    flags[moreFlags.length] = VectorFlag.MALFORMED_PLAINTEXT;
    file.invalid(
        comment,
        SETUP,
        forged(HexFormat.of().parseHex(hex.replace(" ", ""))),
        MalformedItemException.class,
        FailureReason.ENCRYPTED_VALUE_MALFORMED,
        flags);
  }

  /** An item whose attribute a is this plaintext, encrypted. */
  private static Map<String, AttributeValue> forged(byte[] plaintext) {
    return signed(ItemForger.binary(FORGER.encrypt(plaintext)));
  }

  private static Map<String, AttributeValue> signed(AttributeValue a) {
    Map<String, AttributeValue> stored = put(keysOnly(), "a", a);
    return put(
        Descriptions.replaced(stored, Map.of("amzn-ddb-map-sym-mode", "/CBC/PKCS5Padding")),
        Ddbec.SIGNATURE_ATTRIBUTE,
        FORGER.sign(keysOnly(), Map.of("a", a)));
  }
}
