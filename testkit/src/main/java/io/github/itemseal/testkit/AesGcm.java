package io.github.itemseal.testkit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** AES-GCM with a random 12-byte IV in front and a 16-byte tag behind. */
final class AesGcm {
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static byte[] seal(byte[] key, byte[] plaintext, byte[] context) {
    byte[] iv = random(IV_BYTES);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, iv, context).doFinal(plaintext);
      return ByteBuffer.allocate(iv.length + ciphertext.length).put(iv).put(ciphertext).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] open(byte[] key, byte[] sealed, byte[] context) {
    if (sealed.length < IV_BYTES) {
      throw invalidCiphertext();
    }
    byte[] iv = Arrays.copyOf(sealed, IV_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, iv, context)
          .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    } catch (GeneralSecurityException e) {
      throw invalidCiphertext();
    }
  }

  static InvalidCiphertextException invalidCiphertext() {
    return InvalidCiphertextException.builder().statusCode(400).build();
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(context);
    return cipher;
  }
}
