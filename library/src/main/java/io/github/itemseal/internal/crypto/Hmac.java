package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC (RFC 2104) with one hash, under one key after the other. Not thread-safe. */
public final class Hmac {
  private final Mac mac;

  private Hmac(Mac mac) {
    this.mac = mac;
  }

  /** With SHA-384: 48 bytes. */
  public static Hmac sha384(Jca jca) {
    return new Hmac(jca.mac("HmacSHA384"));
  }

  /** With SHA-512: 64 bytes. */
  public static Hmac sha512(Jca jca) {
    return new Hmac(jca.mac("HmacSHA512"));
  }

  /**
   * The MAC of {@code message[0, length)}.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] of(SecretKey key, byte[] message, int length) {
    try {
      mac.init(key);
      mac.update(message, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("signing key", e);
    }
  }
}
