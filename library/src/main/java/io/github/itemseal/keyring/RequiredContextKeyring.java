package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import java.util.Map;
import java.util.Set;

/**
 * A keyring that refuses items whose encryption context lacks what it must have: for example the
 * attribute that tells tenants apart. On reading, an entry counts only where the reader knows it
 * without the item's header. Thread-safe as the keyring it wraps; the asynchronous twin is {@link
 * AsyncRequiredContextKeyring}.
 */
public final class RequiredContextKeyring implements Keyring {
  private final Keyring keyring;
  private final Set<String> required;

  private RequiredContextKeyring(Keyring keyring, Set<String> required) {
    this.keyring = keyring;
    this.required = required;
  }

  /**
   * This keyring, for items with these entries only.
   *
   * @param keys such as {@code aws-crypto-attr.tenant}
   */
  public static RequiredContextKeyring of(Keyring keyring, String... keys) {
    return new RequiredContextKeyring(keyring, Set.of(keys));
  }

  /**
   * See {@link Keyring#onEncrypt}.
   *
   * @throws MalformedItemException if an entry is missing
   */
  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    require(required, materials.encryptionContext(), materials.subject());
    return keyring.onEncrypt(materials);
  }

  /**
   * See {@link Keyring#onDecrypt}.
   *
   * @throws MalformedItemException if an entry is missing
   */
  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    require(required, materials.reproducedContext(), materials.subject());
    return keyring.onDecrypt(materials);
  }

  @Override
  public boolean supports(AlgorithmSuite suite) {
    return keyring.supports(suite);
  }

  static void require(Set<String> required, Map<String, String> context, FailureSubject subject) {
    for (String key : required) {
      if (!context.containsKey(key)) {
        throw new MalformedItemException(
            FailureReason.CONTEXT_ATTRIBUTE_MISSING,
            subject,
            "The encryption context of the %s lacks the required entry '%s'."
                .formatted(subject.describe(), key));
      }
    }
  }
}
