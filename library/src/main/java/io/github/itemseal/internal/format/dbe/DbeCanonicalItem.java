package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.Sha384;
import io.github.itemseal.internal.format.ByteWriter;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The hash that an item's tags and signature are made over, fed piece by piece: the header, the
 * encryption context with its 8-byte length, and each signed attribute in field order. Source:
 * docs/formats/dbe.md, "Canonical record". For one item; not thread-safe.
 */
final class DbeCanonicalItem {
  private static final byte[] ENCRYPTED = "ENCRYPTED".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLAINTEXT = "PLAINTEXT".getBytes(StandardCharsets.US_ASCII);

  private final Sha384 sha384;
  private final ByteWriter scratch;

  /**
   * @param header the first {@code headerLength} bytes
   * @param canonicalContext never empty: it names the table
   * @param scratch overwritten by every piece
   */
  DbeCanonicalItem(
      Jca jca, byte[] header, int headerLength, byte[] canonicalContext, ByteWriter scratch) {
    this.sha384 = new Sha384(jca);
    this.scratch = scratch;
    sha384.update(header, 0, headerLength);
    scratch.reset();
    scratch.writeLong(canonicalContext.length);
    scratch.writeRaw(canonicalContext);
    sha384.update(scratch.buffer(), 0, scratch.length());
  }

  /** An attribute as it is stored: type id, ciphertext and tag; 2 bytes at least. */
  void addEncrypted(DbeAttribute attribute, byte[] stored) {
    begin(attribute, stored.length - DbeValueCodec.TYPE_BYTES, ENCRYPTED);
    sha384.update(scratch.buffer(), 0, scratch.length());
    sha384.update(stored);
  }

  /** An attribute that is stored readable. */
  void addPlaintext(DbeAttribute attribute, AttributeValue value) {
    scratch.reset();
    DbeValueCodec.serialize(value, scratch);
    byte[] body = scratch.toByteArray();
    begin(attribute, body.length, PLAINTEXT);
    scratch.writeShort(DbeValueCodec.typeId(value));
    scratch.writeRaw(body);
    sha384.update(scratch.buffer(), 0, scratch.length());
  }

  private void begin(DbeAttribute attribute, int length, byte[] word) {
    scratch.reset();
    scratch.writeRaw(attribute.path());
    scratch.writeLong(length);
    scratch.writeRaw(word);
  }

  /** The hash, 48 bytes. */
  byte[] hash() {
    return sha384.digest();
  }
}
