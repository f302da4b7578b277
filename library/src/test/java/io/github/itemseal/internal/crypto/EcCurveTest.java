package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EcCurveTest {
  private static final int PAIRS = 24;

  private static ECPublicKey publicKey(KeyPair pair) {
    return (ECPublicKey) pair.getPublic();
  }

  private static BigInteger prime(EcCurve curve) {
    ECPublicKey key = publicKey(Ecdh.generate(Jca.INSTALLED, curve));
    return ((ECFieldFp) key.getParams().getCurve().getField()).getP();
  }

  private static byte[] point(EcCurve curve, int sign, BigInteger x) {
    byte[] point = new byte[curve.compressedBytes()];
    byte[] bytes = x.toByteArray();
    int length = Math.min(bytes.length, curve.fieldBytes());
    System.arraycopy(bytes, bytes.length - length, point, point.length - length, length);
    point[0] = (byte) sign;
    return point;
  }

  /** The base points as SEC 2, version 2, prints them. */
  @ParameterizedTest
  @CsvSource({
    "P256,036B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
    "P384,03AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C"
        + "3A545E3872760AB7",
    "P521,0200C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE7"
        + "5928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66"
  })
  void compress_basePoint_isAsPublished(EcCurve curve, String hex) {
    ECPublicKey base = curve.publicKey(Jca.INSTALLED, curve.generator());
    byte[] published = HexFormat.of().parseHex(hex);
    assertThat(curve.compress(base)).isEqualTo(published);
    assertThat(curve.decompress(Jca.INSTALLED, published).orElseThrow().getW())
        .isEqualTo(base.getW());
  }

  @ParameterizedTest
  @EnumSource
  void decompress_ownCompression_givesTheSamePoint(EcCurve curve) {
    for (int i = 0; i < PAIRS; i++) {
      ECPublicKey key = publicKey(Ecdh.generate(Jca.INSTALLED, curve));
      byte[] compressed = curve.compress(key);
      assertThat(compressed).hasSize(curve.compressedBytes());
      assertThat(curve.decompress(Jca.INSTALLED, compressed).orElseThrow().getW())
          .isEqualTo(key.getW());
    }
  }

  @ParameterizedTest
  @EnumSource
  void decompress_bytesThatAreNoPoint_isEmpty(EcCurve curve) {
    byte[] good = curve.compress(publicKey(Ecdh.generate(Jca.INSTALLED, curve)));
    for (int prefix : new int[] {0, 1, 4, 5, 6, 7, 255}) {
      byte[] bad = good.clone();
      bad[0] = (byte) prefix;
      assertThat(curve.decompress(Jca.INSTALLED, bad)).as("prefix %s", prefix).isEmpty();
    }
    assertThat(curve.decompress(Jca.INSTALLED, new byte[0])).isEmpty();
    assertThat(curve.decompress(Jca.INSTALLED, Arrays.copyOf(good, good.length - 1))).isEmpty();
    assertThat(curve.decompress(Jca.INSTALLED, Arrays.copyOf(good, good.length + 1))).isEmpty();
    BigInteger prime = prime(curve);
    assertThat(curve.decompress(Jca.INSTALLED, point(curve, 2, prime))).isEmpty();
    byte[] ones = new byte[good.length];
    Arrays.fill(ones, (byte) 0xFF);
    ones[0] = 2;
    assertThat(curve.decompress(Jca.INSTALLED, ones)).isEmpty();
  }

  /** About half of all x have no point; none may come out as one that is off the curve. */
  @ParameterizedTest
  @EnumSource
  void decompress_smallX_isAPointOfTheCurveOrEmpty(EcCurve curve) {
    int points = 0;
    for (int x = 0; x < 64; x++) {
      var key = curve.decompress(Jca.INSTALLED, point(curve, 2 + x % 2, BigInteger.valueOf(x)));
      if (key.isPresent()) {
        points++;
        ECPoint w = key.get().getW();
        assertThat(curve.contains(w)).isTrue();
        assertThat(w.getAffineX()).isEqualTo(BigInteger.valueOf(x));
        assertThat(w.getAffineY().testBit(0)).isEqualTo(x % 2 == 1);
      }
    }
    assertThat(points).isBetween(16, 48);
  }

  @ParameterizedTest
  @EnumSource
  void contains_changedOrInfinite_isFalse(EcCurve curve) {
    ECPoint w = publicKey(Ecdh.generate(Jca.INSTALLED, curve)).getW();
    assertThat(curve.contains(w)).isTrue();
    assertThat(curve.contains(new ECPoint(w.getAffineX(), w.getAffineY().add(BigInteger.ONE))))
        .isFalse();
    assertThat(curve.contains(new ECPoint(w.getAffineX().add(prime(curve)), w.getAffineY())))
        .isFalse();
    assertThat(curve.contains(ECPoint.POINT_INFINITY)).isFalse();
  }

  @Test
  void of_keysOfOtherKindsAndCurves_isEmpty() throws Exception {
    for (EcCurve curve : EcCurve.values()) {
      KeyPair pair = Ecdh.generate(Jca.INSTALLED, curve);
      assertThat(EcCurve.of(pair.getPublic())).contains(curve);
      assertThat(EcCurve.of(pair.getPrivate())).contains(curve);
    }
    assertThat(EcCurve.of(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic()))
        .isEmpty();
    assertThat(EcCurve.of(KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic()))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void publicKeyOf_aPrivateKey_isItsPublicHalf(EcCurve curve) {
    boolean[] seen = new boolean[2];
    for (int i = 0; i < PAIRS; i++) {
      KeyPair pair = Ecdh.generate(Jca.INSTALLED, curve);
      ECPublicKey derived = Ecdh.publicKeyOf(Jca.INSTALLED, curve, pair.getPrivate());
      assertThat(derived.getW()).isEqualTo(publicKey(pair).getW());
      seen[derived.getW().getAffineY().testBit(0) ? 1 : 0] = true;
    }
    assertThat(seen).as("odd and even y").containsExactly(true, true);
  }
}
