package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret key that keeps the MAC (RFC 2104) made ready for it, lent to one message at a time, as
 * long as it lives itself: making one ready takes a quarter of the time of a short item's MAC.
 * Equal to the same key without. Thread-safe.
 */
public final class MacKey extends SecretKeySpec {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<@Nullable Mac> idle = new AtomicReference<>();

  private MacKey(SecretKeySpec key) {
    super(key.getEncoded(), key.getAlgorithm());
  }

  /** The key, keeping its MAC; itself if it is more than its bytes, such as that of a device. */
  public static SecretKey of(SecretKey key) {
    return key.getClass() == SecretKeySpec.class ? new MacKey((SecretKeySpec) key) : key;
  }

  /** The MAC of a message, by any kind of key. */
  static byte[] mac(String algorithm, SecretKey key, byte[] message)
      throws GeneralSecurityException {
    return key instanceof MacKey keeping
        ? keeping.mac(algorithm, message)
        : ready(algorithm, key).doFinal(message);
  }

  private byte[] mac(String algorithm, byte[] message) throws GeneralSecurityException {
    Mac kept = idle.getAndSet(null);
    Mac mac = kept != null && kept.getAlgorithm().equals(algorithm) ? kept : ready(algorithm, this);
    byte[] result = mac.doFinal(message);
    idle.set(mac);
    return result;
  }

  private static Mac ready(String algorithm, SecretKey key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(key);
    return mac;
  }

  /** What is kept is not written with the key. */
  private Object writeReplace() {
    return new SecretKeySpec(getEncoded(), getAlgorithm());
  }
}
