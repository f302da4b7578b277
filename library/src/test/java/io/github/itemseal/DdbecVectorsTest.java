package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The initialisation vectors of items that are all alike, under one content key. */
class DdbecVectorsTest {
  private static final int ITEMS = 40;
  private static final int ATTRIBUTES = 100; // more than go through the cipher in one piece
  private static final int VECTOR_BYTES = 16;

  private final ItemEncryptor encryptor =
      ItemEncryptor.of(
          TableEncryption.of(TableInfo.of("T", TableIndex.of("id")))
              .actions(AttributeActions.encryptAndSign())
              .writes(
                  Ddbec.using(
                      StaticMaterialsProvider.builder()
                          .encryptionKey(TestKeys.aes(256))
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
}
