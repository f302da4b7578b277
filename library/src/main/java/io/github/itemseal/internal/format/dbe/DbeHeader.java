package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.EncryptedDataKey;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The header of an item, parsed but not verified. Immutable.
 *
 * @param version of the item format, 1 or 2
 * @param suite the algorithms
 * @param messageId 32 random bytes
 * @param legend one of {@link #ENCRYPTED}, {@link #SIGNED} and {@link #IN_CONTEXT} for each signed
 *     attribute, in field order
 * @param storedContext the part of the encryption context that a reader cannot know
 * @param encryptedDataKeys 1 to 255
 */
public record DbeHeader(
    int version,
    AlgorithmSuite suite,
    SdkBytes messageId,
    String legend,
    Map<String, String> storedContext,
    List<EncryptedDataKey> encryptedDataKeys) {
  /** Legend letter of an encrypted attribute. */
  static final char ENCRYPTED = 'e';

  /** Legend letter of an attribute that is signed and readable. */
  static final char SIGNED = 's';

  /** Legend letter of an attribute that is also part of the encryption context. */
  static final char IN_CONTEXT = 'c';

  /** Bytes of a message id. */
  static final int MESSAGE_ID_BYTES = 32;

  /** Bytes of the commitment at the end. */
  static final int COMMITMENT_BYTES = 32;

  public DbeHeader {
    storedContext = Map.copyOf(storedContext);
    encryptedDataKeys = List.copyOf(encryptedDataKeys);
  }
}
