package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesCbcTest {
  private static final int BLOCK = AesCbc.BLOCK_BYTES;

  private final SecretKey key = new SecretKeySpec(new byte[32], "AES");
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void encrypt_messagesOfEveryLength_openOneByOneWithTheirOwnVectors() throws Exception {
    System.out.println("AesCbcTest seed " + seed);
    List<byte[]> plaintexts = plaintexts();
    byte[] random = chainOf(plaintexts);
    byte[] chain = AesCbc.encrypting(key).run(random, random.length);

    Set<List<Byte>> vectors = new HashSet<>();
    int start = 0;
    for (byte[] plaintext : plaintexts) {
      int end = start + BLOCK + plaintext.length + AesCbc.paddingLength(plaintext.length);
      assertThat(AesCbc.isMessageLength(end - start)).isTrue();
      Cipher alone = Cipher.getInstance("AES/CBC/PKCS5Padding");
      alone.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(chain, start, BLOCK));
      assertThat(alone.doFinal(chain, start + BLOCK, end - start - BLOCK)).isEqualTo(plaintext);
      vectors.add(boxed(Arrays.copyOfRange(chain, start, start + BLOCK)));
      start = end;
    }
    assertThat(vectors).hasSameSizeAs(plaintexts);
  }

  @Test
  void encrypt_eachMessageAPiece_isTheChainAsAWhole() {
    List<byte[]> messages = new ArrayList<>();
    for (byte[] plaintext : plaintexts()) {
      byte[] message = chainOf(List.of(plaintext));
      if (!messages.isEmpty()) {
        Arrays.fill(message, 0, BLOCK, (byte) 0);
      }
      messages.add(message);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(all::writeBytes);
    byte[] whole = AesCbc.encrypting(key).run(all.toByteArray(), all.size());

    AesCbc cipher = AesCbc.encrypting(key);
    byte[] before = Arrays.copyOf(messages.get(0), BLOCK);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      System.arraycopy(before, 0, message, 0, BLOCK);
      byte[] encrypted = cipher.run(message, message.length);
      pieces.write(encrypted, 0, message.length);
      before = Arrays.copyOfRange(encrypted, message.length - BLOCK, message.length);
    }
    assertThat(pieces.toByteArray()).as("seed %s", seed).isEqualTo(whole);
  }

  @Test
  void decrypt_messagesEncryptedOneByOne_givesTheirPlaintexts() throws Exception {
    List<byte[]> plaintexts = plaintexts();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    for (byte[] plaintext : plaintexts) {
      byte[] vector = bytes(BLOCK);
      Cipher alone = Cipher.getInstance("AES/CBC/PKCS5Padding");
      alone.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(vector));
      messages.writeBytes(vector);
      messages.writeBytes(alone.doFinal(plaintext));
    }
    byte[] chain = AesCbc.decrypting(key).run(messages.toByteArray(), messages.size());

    int start = 0;
    for (byte[] plaintext : plaintexts) {
      int end = start + BLOCK + plaintext.length + AesCbc.paddingLength(plaintext.length);
      assertThat(Arrays.copyOfRange(chain, start + BLOCK, AesCbc.withoutPadding(chain, end)))
          .as("seed %s, %s bytes", seed, plaintext.length)
          .isEqualTo(plaintext);
      start = end;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16})
  void withoutPadding_oneByteChanged_isRefusedOrAnotherPadding(int padding) {
    for (int changed = 0; changed < padding; changed++) {
      byte[] chain = new byte[2 * BLOCK];
      Arrays.fill(chain, 2 * BLOCK - padding, 2 * BLOCK, (byte) padding);
      chain[2 * BLOCK - 1 - changed] ^= (byte) 0x80;
      assertThatThrownBy(() -> AesCbc.withoutPadding(chain, 2 * BLOCK))
          .isInstanceOf(CryptoFailure.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 127, -1, -128})
  void withoutPadding_lastByteOutOfRange_isRefused(int last) {
    byte[] chain = new byte[2 * BLOCK];
    Arrays.fill(chain, (byte) last);
    assertThatThrownBy(() -> AesCbc.withoutPadding(chain, 2 * BLOCK))
        .isInstanceOf(CryptoFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 33, 47})
  void isMessageLength_noVectorOrNoWholeBlocks_isFalse(int length) {
    assertThat(AesCbc.isMessageLength(length)).isFalse();
  }

  private List<byte[]> plaintexts() {
    List<byte[]> plaintexts = new ArrayList<>();
    for (int length = 0; length < 70; length++) {
      plaintexts.add(bytes(length));
    }
    plaintexts.add(bytes(100_000));
    return plaintexts;
  }

  private byte[] chainOf(List<byte[]> plaintexts) {
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    for (byte[] plaintext : plaintexts) {
      chain.writeBytes(bytes(BLOCK));
      chain.writeBytes(plaintext);
      int padding = AesCbc.paddingLength(plaintext.length);
      for (int i = 0; i < padding; i++) {
        chain.write(padding);
      }
    }
    return chain.toByteArray();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> boxed = new ArrayList<>();
    for (byte b : bytes) {
      boxed.add(b);
    }
    return boxed;
  }
}
