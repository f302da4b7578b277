package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.ByteReader;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.Utf8Order;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.EncryptedDataKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The header attribute: version, suite, message id, legend, stored encryption context, encrypted
 * data keys, commitment; big-endian lengths of 2 bytes, the count of data keys in one. Source:
 * docs/formats/dbe.md, "Header". Stateless.
 */
final class DbeHeaderCodec {
  private static final int MAX_SHORT = 0xFFFF;
  private static final int SUITES = 0x6700;

  private DbeHeaderCodec() {}

  /**
   * Appends all but the commitment.
   *
   * @throws WireFormatException if there are more than 65,535 signed attributes
   */
  static void serialize(DbeHeader header, ByteWriter out) {
    out.writeByte(header.version());
    out.writeByte(header.suite().id());
    out.writeRaw(header.messageId().asByteArrayUnsafe());
    int fields = header.legend().length();
    if (fields > MAX_SHORT) {
      throw new WireFormatException(
          FailureReason.CONTEXT_TOO_LARGE,
          "has more than %s signed attributes".formatted(MAX_SHORT));
    }
    out.writeShort(fields);
    out.writeUtf8(header.legend());
    List<String> keys = new ArrayList<>(header.storedContext().keySet());
    keys.sort(Utf8Order.INSTANCE);
    out.writeShort(keys.size());
    for (String key : keys) {
      writeShortBytes(utf8(key), out);
      writeShortBytes(utf8(header.storedContext().getOrDefault(key, "")), out);
    }
    out.writeByte(header.encryptedDataKeys().size());
    for (EncryptedDataKey key : header.encryptedDataKeys()) { // which checks its own lengths
      writeShortBytes(utf8(key.providerId()), out);
      writeShortBytes(key.providerInfo().asByteArrayUnsafe(), out);
      writeShortBytes(key.ciphertext().asByteArrayUnsafe(), out);
    }
  }

  private static void writeShortBytes(byte[] bytes, ByteWriter out) {
    out.writeShort(bytes.length);
    out.writeRaw(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The header in these bytes, of which the last 32 are the commitment.
   *
   * @throws WireFormatException if the version, the suite or a legend letter is unknown, a length
   *     does not fit, the context is not strictly ascending by key bytes, there is no data key, or
   *     a text is not UTF-8
   */
  static DbeHeader parse(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, FailureReason.HEADER_MALFORMED);
    int version = in.readByte();
    if (version != 1 && version != 2) {
      throw in.failure("has an unknown version");
    }
    AlgorithmSuite suite =
        AlgorithmSuite.fromId(SUITES | in.readByte())
            .orElseThrow(() -> in.failure("names an unknown algorithm suite"));
    byte[] messageId = in.readRaw(DbeHeader.MESSAGE_ID_BYTES);
    String legend = parseLegend(in);
    Map<String, String> context = parseContext(in);
    List<EncryptedDataKey> keys = parseDataKeys(in);
    if (in.remaining() != DbeHeader.COMMITMENT_BYTES) {
      throw in.failure("does not end with a commitment of 32 bytes");
    }
    return new DbeHeader(
        version, suite, SdkBytes.fromByteArrayUnsafe(messageId), legend, context, keys);
  }

  private static String parseLegend(ByteReader in) {
    String legend = in.readShortText();
    for (int i = 0; i < legend.length(); i++) {
      char letter = legend.charAt(i);
      if (letter != DbeHeader.ENCRYPTED
          && letter != DbeHeader.SIGNED
          && letter != DbeHeader.IN_CONTEXT) {
        throw in.failure("has an unknown letter in its legend");
      }
    }
    return legend;
  }

  private static Map<String, String> parseContext(ByteReader in) {
    int count = in.readUnsignedShort();
    Map<String, String> context = new LinkedHashMap<>();
    String previous = null;
    for (int i = 0; i < count; i++) { // each takes 4 bytes at least, or the reader refuses
      String key = in.readShortText();
      if (previous != null && Utf8Order.INSTANCE.compare(previous, key) >= 0) {
        throw in.failure("has an encryption context that is unsorted or names a key twice");
      }
      previous = key;
      context.put(key, in.readShortText());
    }
    return context;
  }

  private static List<EncryptedDataKey> parseDataKeys(ByteReader in) {
    int count = in.readByte();
    if (count == 0) {
      throw in.failure("has no encrypted data key");
    }
    List<EncryptedDataKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(
          new EncryptedDataKey(
              in.readShortText(),
              SdkBytes.fromByteArrayUnsafe(in.readShortBytes()),
              SdkBytes.fromByteArrayUnsafe(in.readShortBytes())));
    }
    return keys;
  }
}
