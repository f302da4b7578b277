package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.internal.flow.Step;
import java.util.Map;
import java.util.Set;

/**
 * A keyring that refuses items whose encryption context lacks what it must have: for example the
 * attribute that tells tenants apart. On reading, an entry counts only where the reader knows it
 * without the item's header. Such an item is a {@link MalformedItemException}. Thread-safe as the
 * keyring it wraps, and of its kind.
 */
public final class RequiredContextKeyring {
  private RequiredContextKeyring() {}

  /**
   * This keyring, for items with these entries only.
   *
   * @param keys such as {@code aws-crypto-attr.tenant}
   */
  public static Keyring of(Keyring keyring, String... keys) {
    return KeyringForms.blocking(new Logic(new BlockingKeyringCalls(keyring), Set.of(keys)));
  }

  /** The same for an asynchronous keyring. */
  public static AsyncKeyring of(AsyncKeyring keyring, String... keys) {
    return KeyringForms.async(new Logic(new AsyncKeyringCalls(keyring), Set.of(keys)));
  }

  /** The same for a local keyring. */
  public static LocalKeyring of(LocalKeyring keyring, String... keys) {
    return KeyringForms.local(new Logic(new BlockingKeyringCalls(keyring), Set.of(keys)));
  }

  private record Logic(SteppedKeyring keyring, Set<String> required) implements SteppedKeyring {
    @Override
    public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
      require(materials.encryptionContext(), materials.subject());
      return keyring.onEncrypt(materials);
    }

    @Override
    public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
      require(materials.reproducedContext(), materials.subject());
      return keyring.onDecrypt(materials);
    }

    private void require(Map<String, String> context, FailureSubject subject) {
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

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return keyring.supports(suite);
    }

    @Override
    public String toString() {
      return "RequiredContextKeyring[%s, %s]".formatted(keyring, required);
    }
  }
}
