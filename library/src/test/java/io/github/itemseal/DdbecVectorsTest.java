package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The chain of an item's encrypted attributes, in one piece or several, under one content key. */
class DdbecVectorsTest {
  private static final int ITEMS = 40;
  private static final int ATTRIBUTES = 100; // more than go through the cipher in one piece
  private static final int VECTOR_BYTES = 16;

  private static final SecretKey CONTENT_KEY = TestKeys.aes(256);

  private final ItemEncryptor encryptor =
      ItemEncryptor.of(
          TableEncryption.of(TableInfo.of("T", TableIndex.of("id")))
              .actions(AttributeActions.encryptAndSign())
              .writes(
                  Ddbec.using(
                      StaticMaterialsProvider.builder()
                          .encryptionKey(CONTENT_KEY)
                          .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                          .build()))
              .build());

  @Test
  void encryptItem_equalValuesUnderOneKey_noVectorAndNoBlockTwice() {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("id", AttributeValue.fromS("always the same"));
    for (int i = 0; i < ATTRIBUTES; i++) {
      item.put("a" + i, AttributeValue.fromS("the same"));
    }
    Set<SdkBytes> blocks = new HashSet<>();
    int[] ones = new int[8 * VECTOR_BYTES];
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> stored = encryptor.encryptItem(item);
      for (int a = 0; a < ATTRIBUTES; a++) {
        byte[] bytes = stored.get("a" + a).b().asByteArray();
        assertThat(bytes).hasSize(2 * VECTOR_BYTES);
        blocks.add(SdkBytes.fromByteArray(Arrays.copyOf(bytes, VECTOR_BYTES)));
        blocks.add(SdkBytes.fromByteArray(Arrays.copyOfRange(bytes, VECTOR_BYTES, bytes.length)));
        for (int bit = 0; bit < ones.length; bit++) {
          ones[bit] += bytes[bit / 8] >> (bit % 8) & 1;
        }
      }
    }
    int all = ITEMS * ATTRIBUTES;
    assertThat(blocks).hasSize(2 * all);
    // Each bit is set in half of them: 8 standard deviations of a fair coin, sqrt(4000) / 2, are
    // 253.
    for (int count : ones) {
      assertThat(count).isBetween(all / 2 - 253, all / 2 + 253);
    }
  }

  @ParameterizedTest(name = "a long one at {0}")
  @ValueSource(ints = {0, 1, 40, 50, 98, 99})
  void encryptItem_manyAttributesAndALongOne_eachOpensAloneAndAllTogether(int longOne)
      throws Exception {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("id", AttributeValue.fromS("many"));
    for (int i = 0; i < ATTRIBUTES; i++) {
      String text = ("text " + i + " ").repeat(i == longOne ? 12_000 : 1 + i % 30);
      item.put("a%02d".formatted(i), AttributeValue.fromS(text));
    }
    Map<String, AttributeValue> stored = encryptor.encryptItem(item);

    for (int i = 0; i < ATTRIBUTES; i++) {
      String name = "a%02d".formatted(i);
      byte[] bytes = stored.get(name).b().asByteArray();
      Cipher alone = Cipher.getInstance("AES/CBC/PKCS5Padding");
      alone.init(Cipher.DECRYPT_MODE, CONTENT_KEY, new IvParameterSpec(bytes, 0, VECTOR_BYTES));
      byte[] plaintext = alone.doFinal(bytes, VECTOR_BYTES, bytes.length - VECTOR_BYTES);
      assertThat(new String(plaintext, StandardCharsets.UTF_8)).endsWith(item.get(name).s());
    }
    assertThat(encryptor.decryptItem(stored)).isEqualTo(item);
  }

  @Test
  void encryptItem_manyAttributes_isOneChain() throws Exception {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("id", AttributeValue.fromS("many"));
    for (int i = 0; i < ATTRIBUTES; i++) {
      item.put("a%02d".formatted(i), AttributeValue.fromS("the same"));
    }
    Map<String, AttributeValue> stored = encryptor.encryptItem(item);

    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, CONTENT_KEY);
    byte[] before = stored.get("a00").b().asByteArray();
    for (int i = 1; i < ATTRIBUTES; i++) {
      byte[] next = stored.get("a%02d".formatted(i)).b().asByteArray();
      assertThat(Arrays.copyOf(next, VECTOR_BYTES))
          .as("the vector of attribute %s", i)
          .isEqualTo(block.doFinal(before, before.length - VECTOR_BYTES, VECTOR_BYTES));
      before = next;
    }
  }
}
