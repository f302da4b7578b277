package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.keyring.EncryptedDataKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a stored item says of itself without its keys. Stateless. */
public final class DbeDescription {
  private static final String HIERARCHY = "aws-kms-hierarchy";

  /** Where the version of the branch key stands: behind the data key, a salt and a nonce. */
  private static final int BRANCH_KEY_VERSION_AT = 48 + 16 + 12;

  /** What raw AES appends to the name of its key: two 4-byte numbers and a nonce. */
  private static final int RAW_AES_SUFFIX_BYTES = 20;

  /** 128 bits of a tag and 12 bytes of a nonce, as two 4-byte numbers. */
  private static final long RAW_AES_NUMBERS = 128L << 32 | 12;

  private DbeDescription() {}

  /**
   * For people, in reading order; never a key.
   *
   * @param defects what cannot be followed is added here
   */
  public static Map<String, String> of(Map<String, AttributeValue> item, List<String> defects) {
    Map<String, String> facts = new LinkedHashMap<>();
    AttributeValue value = item.get(Dbe.HEADER_ATTRIBUTE);
    if (value == null || !AttributeTypes.isBinary(value)) {
      defects.add("Attribute '%s' is missing or not binary.".formatted(Dbe.HEADER_ATTRIBUTE));
      return facts;
    }
    byte[] bytes = value.b().asByteArrayUnsafe();
    try {
      describe(DbeHeaderCodec.parse(bytes), bytes.length, item, facts, defects);
    } catch (WireFormatException e) {
      defects.add("Attribute '%s' %s.".formatted(Dbe.HEADER_ATTRIBUTE, e.getMessage()));
    }
    return facts;
  }

  private static void describe(
      DbeHeader header,
      int headerBytes,
      Map<String, AttributeValue> item,
      Map<String, String> facts,
      List<String> defects) {
    facts.put("version", Integer.toString(header.version()));
    facts.put("algorithm suite", header.suite().name());
    facts.put("legend", header.legend());
    for (int i = 0; i < header.encryptedDataKeys().size(); i++) {
      facts.put("data key " + (i + 1), describe(header.encryptedDataKeys().get(i)));
    }
    new TreeMap<>(header.storedContext())
        .forEach((key, value) -> facts.put("context " + printable(key), printable(value)));
    facts.put("header", "%s bytes".formatted(headerBytes));
    describeFooter(header, item, facts, defects);
    long encrypted = header.legend().chars().filter(letter -> letter == 'e').count();
    facts.put(
        "encrypted attributes",
        "%s, each %s bytes longer".formatted(encrypted, DbeAttributeCipher.OVERHEAD_BYTES));
  }

  private static void describeFooter(
      DbeHeader header,
      Map<String, AttributeValue> item,
      Map<String, String> facts,
      List<String> defects) {
    AttributeValue footer = item.get(Dbe.FOOTER_ATTRIBUTE);
    if (footer == null || !AttributeTypes.isBinary(footer)) {
      defects.add("Attribute '%s' is missing or not binary.".formatted(Dbe.FOOTER_ATTRIBUTE));
      return;
    }
    facts.put("footer", "%s bytes".formatted(footer.b().asByteArrayUnsafe().length));
    try {
      DbeFooter.requireLength(footer.b().asByteArrayUnsafe(), header);
    } catch (WireFormatException e) {
      defects.add("Attribute '%s' %s.".formatted(Dbe.FOOTER_ATTRIBUTE, e.getMessage()));
    }
  }

  private static String describe(EncryptedDataKey key) {
    byte[] info = key.providerInfo().asByteArrayUnsafe();
    byte[] ciphertext = key.ciphertext().asByteArrayUnsafe();
    if (key.providerId().equals(HIERARCHY)
        && ciphertext.length >= BRANCH_KEY_VERSION_AT + 2 * Long.BYTES) {
      ByteBuffer version = ByteBuffer.wrap(ciphertext, BRANCH_KEY_VERSION_AT, 2 * Long.BYTES);
      return "%s, branch key %s, version %s"
          .formatted(
              key.providerId(),
              printable(info, info.length),
              new UUID(version.getLong(), version.getLong()));
    }
    int name = info.length - RAW_AES_SUFFIX_BYTES;
    boolean rawAes = name > 0 && ByteBuffer.wrap(info, name, 8).getLong() == RAW_AES_NUMBERS;
    return "%s, key %s"
        .formatted(printable(key.providerId()), printable(info, rawAes ? name : info.length));
  }

  private static String printable(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return printable(bytes, bytes.length);
  }

  /** Text as far as it can be shown on a terminal; of anything else the length. */
  private static String printable(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    boolean shown =
        text.codePoints().noneMatch(c -> c == 0xFFFD || Character.isISOControl(c))
            && !text.isEmpty();
    return shown ? text : "of %s bytes".formatted(length);
  }

  /**
   * The legend letter of each signed attribute; empty if the header cannot be followed or has
   * another number of letters.
   *
   * @param unsigned the attributes that stored items do not sign
   */
  public static Optional<Map<String, Character>> legend(
      Map<String, AttributeValue> item, DbeUnsigned unsigned) {
    AttributeValue value = item.get(Dbe.HEADER_ATTRIBUTE);
    if (value == null || !AttributeTypes.isBinary(value)) {
      return Optional.empty();
    }
    try {
      String legend = DbeHeaderCodec.parse(value.b().asByteArrayUnsafe()).legend();
      List<DbeAttribute> fields =
          new DbeAttributes("", AttributeActions.encryptAndSign(), unsigned)
              .signedWhenRead(item.keySet())
              .plan();
      if (fields.size() != legend.length()) {
        return Optional.empty();
      }
      Map<String, Character> letters = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        letters.put(fields.get(i).name(), legend.charAt(i));
      }
      return Optional.of(letters);
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether an encrypted attribute can be so long: a type id and a tag at least. */
  public static boolean couldBeCiphertext(int lengthBytes) {
    return lengthBytes >= DbeAttributeCipher.OVERHEAD_BYTES;
  }
}
