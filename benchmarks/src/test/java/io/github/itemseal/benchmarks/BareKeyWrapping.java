package io.github.itemseal.benchmarks;

import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
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
    byte[] wrap(byte[] key) throws Exception {
      return BareCalls.gcm(Cipher.ENCRYPT_MODE, Keys.aes(), key);
    }

    @Override
    byte[] unwrap(byte[] wrapped) throws Exception {
      return BareCalls.gcm(Cipher.DECRYPT_MODE, Keys.aes(), wrapped);
    }
  },

  /** OAEP with SHA-256 in both places. */
  RSA(0) {
    @Override
    byte[] wrap(byte[] key) throws Exception {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.ENCRYPT_MODE, Keys.rsa().getPublic(), OAEP);
      return cipher.doFinal(key);
    }

    @Override
    byte[] unwrap(byte[] wrapped) throws Exception {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.DECRYPT_MODE, Keys.rsa().getPrivate(), OAEP);
      return cipher.doFinal(wrapped);
    }
  },

  /** A shared secret on P-256, two blocks of a key derivation from it, AES-GCM. */
  ECDH(BareCalls.KEY_BYTES) {
    @Override
    byte[] wrap(byte[] key) throws Exception {
      return BareCalls.gcm(Cipher.ENCRYPT_MODE, BareCalls.aes(agreed(), 0), key);
    }

    @Override
    byte[] unwrap(byte[] wrapped) throws Exception {
      return BareCalls.gcm(Cipher.DECRYPT_MODE, BareCalls.aes(agreed(), 0), wrapped);
    }

    private byte[] agreed() throws Exception {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(Keys.ec().getPrivate());
      agreement.doPhase(Keys.ec().getPublic(), true);
      byte[] secret = agreement.generateSecret();
      BareCalls.mac("HmacSHA384", secret, FIXED_INFO);
      return BareCalls.mac("HmacSHA384", secret, FIXED_INFO);
    }
  },

  /** A key derived from the branch key, AES-GCM. */
  BRANCH_KEY(BareCalls.NONCE_BYTES + 16) {
    @Override
    byte[] wrap(byte[] key) throws Exception {
      return BareCalls.gcm(Cipher.ENCRYPT_MODE, BareCalls.aes(derived(), 0), key);
    }

    @Override
    byte[] unwrap(byte[] wrapped) throws Exception {
      return BareCalls.gcm(Cipher.DECRYPT_MODE, BareCalls.aes(derived(), 0), wrapped);
    }

    private byte[] derived() throws Exception {
      byte[] block = new byte[42];
      return BareCalls.mac("HmacSHA256", Keys.countingBytes(), block);
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

  abstract byte[] wrap(byte[] key) throws Exception;

  abstract byte[] unwrap(byte[] wrapped) throws Exception;
}
