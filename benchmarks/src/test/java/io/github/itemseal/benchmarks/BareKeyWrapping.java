package io.github.itemseal.benchmarks;

import java.security.Key;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * What a keyring does to the intermediate key of an item, in bare JCA calls. Making the encryption
 * context, provider info and wrapped key is not in it.
 */
enum BareKeyWrapping {
  /** AES-GCM. */
  AES(BareCalls.NONCE_BYTES) {
    @Override
    SecretKey key() {
      return Keys.aes();
    }
  },

  /** OAEP with SHA-256 in both places. */
  RSA(0) {
    @Override
    byte[] wrap(Cipher gcm, byte[] key) throws Exception {
      return rsa(Cipher.ENCRYPT_MODE, Keys.rsa().getPublic(), key);
    }

    @Override
    byte[] unwrap(Cipher gcm, byte[] wrapped) throws Exception {
      return rsa(Cipher.DECRYPT_MODE, Keys.rsa().getPrivate(), wrapped);
    }

    private byte[] rsa(int mode, Key key, byte[] input) throws Exception {
      Cipher cipher = BareCalls.cipher("RSA/ECB/OAEPPadding");
      cipher.init(mode, key, OAEP);
      return cipher.doFinal(input);
    }

    @Override
    SecretKey key() {
      throw new UnsupportedOperationException();
    }
  },

  /** A shared secret on P-256, two blocks of a key derivation from it, AES-GCM. */
  ECDH(BareCalls.KEY_BYTES) {
    @Override
    SecretKey key() throws Exception {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(Keys.ec().getPrivate());
      agreement.doPhase(Keys.ec().getPublic(), true);
      byte[] secret = agreement.generateSecret();
      Mac mac = Mac.getInstance("HmacSHA384");
      BareCalls.mac(mac, secret, FIXED_INFO);
      return BareCalls.aes(BareCalls.mac(mac, secret, FIXED_INFO), 0);
    }
  },

  /** A key derived from the branch key, AES-GCM. */
  BRANCH_KEY(BareCalls.NONCE_BYTES + 16) {
    @Override
    SecretKey key() throws Exception {
      byte[] block = new byte[42];
      Mac mac = Mac.getInstance("HmacSHA256");
      return BareCalls.aes(BareCalls.mac(mac, Keys.countingBytes(), block), 0);
    }
  };

  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  /** Purpose, curve, both public keys and an encryption context, as a key is derived for them. */
  private static final byte[] FIXED_INFO = new byte[320];

  private final int randomBytes;

  BareKeyWrapping(int randomBytes) {
    this.randomBytes = randomBytes;
  }

  /** What it draws for an item besides the intermediate key: a nonce, a salt. */
  int randomBytes() {
    return randomBytes;
  }

  byte[] wrap(Cipher gcm, byte[] key) throws Exception {
    return BareCalls.gcm(gcm, Cipher.ENCRYPT_MODE, key(), key);
  }

  byte[] unwrap(Cipher gcm, byte[] wrapped) throws Exception {
    return BareCalls.gcm(gcm, Cipher.DECRYPT_MODE, key(), wrapped);
  }

  /** What AES-GCM takes, where it is that which wraps. */
  abstract SecretKey key() throws Exception;
}
