package io.github.itemseal.internal.format.dbe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.internal.crypto.AesCtr;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.EncryptionMaterials;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The worked intermediates of two items that the old SDK's authors published. */
class DbeSpecificationTest {
  private static final String TABLE = "GazelleVectorTable";
  private static final Map<String, AttributeValue> ITEM =
      Map.of("RecNum", AttributeValue.fromN("1"));

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void path_ofJunk_isAsPublished() {
    DbeAttribute junk = new DbeAttribute(TABLE, "Junk", CryptoAction.ENCRYPT_AND_SIGN, true);
    assertThat(HexFormat.of().formatHex(junk.path()))
        .isEqualTo(
            "47617a656c6c65566563746f725461626c65"
                + "0000000000000001"
                + "24"
                + "0000000000000004"
                + "4a756e6b");
  }

  @Test
  void fieldOrder_namesBeyondTheBasicPlane_isAsObserved() {
    DbeAttributes attributes =
        new DbeAttributes("Tést", AttributeActions.encryptAndSign(), DbeUnsigned.NOTHING);
    assertThat(
            attributes
                .signedWhenRead(
                    Set.of(
                        "incb", "𐀂x", "｡yz", "inc", "zz", "ss", "so", "sk", "pk", "ns", "bs", "m",
                        "l", "a"))
                .plan()
                .stream()
                .map(DbeAttribute::name))
        .containsExactly(
            "a", "l", "m", "bs", "ns", "pk", "sk", "so", "ss", "zz", "inc", "｡yz", "𐀂x", "incb");
  }

  @Test
  void keyStream_underTheFieldRootKey_givesTheFieldKeysAndNonces() {
    assertFieldKeys(
        "b9faaa808efa854c8f89c99c4523205b5588089bcbb800a57adaea402bbec9cd",
        "8f18e883fac10717fae8bf6945314d7267c5922f062ad029bc8c58613e6fd150"
            + "51576b15a42c6579b483b19b",
        "bdfbcfd57d40e3bd59dc6343693101776d37d0c08f62fdfaaea452bd6f787513"
            + "849156e22cd3beed5d1aed91");
    assertFieldKeys(
        "0703909e16c1db52c4b20d1ab2e0ef60b440ddd8900c2656d7236bbc684f681c",
        "4d1b92521ee1f4497bec3ceddea0382efee4f338ec0975fd51498d2e5bab4ba4"
            + "4c7d6f38075b32714c9968eb",
        "641575d1a2d5663e0631ad9c498f6ee2959602c1fe9fb6140aadf551c469ef1f"
            + "dace323530769b772fb80b79");
  }

  private static void assertFieldKeys(String rootKey, String junk, String stuff) {
    byte[] stream =
        AesCtr.keyStream(
            Jca.INSTALLED,
            new SecretKeySpec(hex(rootKey), "AES"),
            DbeAttributeCipher.firstBlock(),
            96);
    assertThat(HexFormat.of().formatHex(stream, 0, 44)).isEqualTo(junk);
    assertThat(HexFormat.of().formatHex(stream, 48, 92)).isEqualTo(stuff);
  }

  @Test
  void baseContext_version1_isAsPublished() {
    Map<String, String> context =
        new DbeContext(TABLE, "RecNum", null).of(1, ITEM, List.of("RecNum"));
    assertThat(context)
        .isEqualTo(
            Map.of(
                "aws-crypto-table-name", TABLE,
                "aws-crypto-partition-name", "RecNum",
                "aws-crypto-attr.RecNum", "AAIx"));
    assertThat(lengthWithPublicKey(context)).isEqualTo(203);
  }

  @Test
  void baseContext_version2_isAsPublished() {
    Map<String, String> context =
        new DbeContext(TABLE, "RecNum", null).of(2, ITEM, List.of("RecNum"));
    assertThat(context)
        .isEqualTo(
            Map.of(
                "aws-crypto-table-name", TABLE,
                "aws-crypto-partition-name", "RecNum",
                "aws-crypto-attr.RecNum", "1",
                "aws-crypto-legend", "N"));
    assertThat(lengthWithPublicKey(context)).isEqualTo(222);
  }

  private static int lengthWithPublicKey(Map<String, String> context) {
    context.put("aws-crypto-public-key", "A".repeat(68));
    return EncryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384)
        .encryptionContext(context)
        .build()
        .canonicalContext()
        .length;
  }
}
