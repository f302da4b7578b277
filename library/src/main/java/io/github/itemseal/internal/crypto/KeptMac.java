package io.github.itemseal.internal.crypto;

import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * MACs (RFC 2104) under keys that are mostly the same one. Thread-safe.
 *
 * <p>Keeps an initialised MAC, lent to one message at a time, of a key object that came twice in a
 * row: whoever has it twice keeps it, so nothing lives longer than before. The key of one item
 * alone comes once.
 */
final class KeptMac {
  private final AtomicReference<@Nullable Initialised> idle = new AtomicReference<>();
  private volatile WeakReference<@Nullable Key> lastKey = new WeakReference<>(null);

  private record Initialised(SecretKey key, Mac mac) {
    boolean fits(String algorithm, SecretKey wanted) {
      return key == wanted && mac.getAlgorithm().equals(algorithm);
    }
  }

  byte[] of(String algorithm, SecretKey key, byte[] message) throws GeneralSecurityException {
    Initialised lent = idle.getAndSet(null);
    if (lent == null || !lent.fits(algorithm, key)) {
      lent = new Initialised(key, Mac.getInstance(algorithm));
      lent.mac().init(key);
    }
    byte[] result = lent.mac().doFinal(message);
    giveBack(lent);
    return result;
  }

  private void giveBack(Initialised lent) {
    if (lent.key().getClass() != SecretKeySpec.class) {
      return; // a device might be kept busy
    }
    if (lastKey.refersTo(lent.key())) {
      idle.set(lent);
    } else {
      lastKey = new WeakReference<>(lent.key());
    }
  }
}
