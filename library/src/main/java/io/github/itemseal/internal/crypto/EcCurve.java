package io.github.itemseal.internal.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * The NIST curves, with their points in compressed form (SEC 1, section 2.3): a byte 2 for an even
 * or 3 for an odd y coordinate, then x in as many bytes as the field has.
 */
public enum EcCurve {
  P256("secp256r1"),
  P384("secp384r1"),
  P521("secp521r1");

  private final String jcaName;

  @SuppressWarnings("ImmutableEnumChecker") // the class has no setters
  private final ECParameterSpec parameters;

  private final BigInteger prime;
  private final int fieldBytes;

  EcCurve(String jcaName) {
    this.jcaName = jcaName;
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(jcaName));
      this.parameters = named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + jcaName + ".", e);
    }
    this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    this.fieldBytes = (prime.bitLength() + 7) / 8;
  }

  /** The curve of a public or private key; empty if it is not an EC key, or of another curve. */
  public static Optional<EcCurve> of(Key key) {
    if (key instanceof ECKey ec && ec.getParams() != null) {
      for (EcCurve curve : values()) {
        if (curve.isCurveOf(ec.getParams())) {
          return Optional.of(curve);
        }
      }
    }
    return Optional.empty();
  }

  /** The name as the JCA knows it. */
  public String jcaName() {
    return jcaName;
  }

  /** Bytes of a coordinate. */
  public int fieldBytes() {
    return fieldBytes;
  }

  /** Bytes of a compressed point. */
  public int compressedBytes() {
    return 1 + fieldBytes;
  }

  /** Where the multiples of the curve start. */
  ECPoint generator() {
    return parameters.getGenerator();
  }

  /** Whether a point satisfies the equation of the curve; the point at infinity does not. */
  public boolean contains(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    return isInField(x) && isInField(y) && y.multiply(y).mod(prime).equals(rightSide(x));
  }

  /** The compressed form of a public key of this curve. */
  public byte[] compress(ECPublicKey key) {
    byte[] x = key.getW().getAffineX().toByteArray(); // a sign byte more, or bytes less
    byte[] compressed = new byte[compressedBytes()];
    compressed[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
    int length = Math.min(x.length, fieldBytes);
    System.arraycopy(x, x.length - length, compressed, compressed.length - length, length);
    return compressed;
  }

  /** The public key of a compressed point; empty if the bytes are none of this curve. */
  public Optional<ECPublicKey> decompress(Jca jca, byte[] compressed) {
    if (compressed.length != compressedBytes() || compressed[0] < 2 || compressed[0] > 3) {
      return Optional.empty();
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(compressed, 1, compressed.length));
    if (!isInField(x)) {
      return Optional.empty();
    }
    // p = 3 (mod 4) for all three, so this is a square root if there is one; their orders are odd,
    // so it is not 0
    BigInteger square = rightSide(x);
    BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    if (!y.multiply(y).mod(prime).equals(square)) {
      return Optional.empty();
    }
    boolean odd = compressed[0] == 3;
    return Optional.of(publicKey(jca, new ECPoint(x, y.testBit(0) == odd ? y : prime.subtract(y))));
  }

  ECPublicKey publicKey(Jca jca, ECPoint point) {
    try {
      return (ECPublicKey)
          jca.keyFactory("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    } catch (GeneralSecurityException e) {
      throw new KeyFailure("EC public key", e);
    }
  }

  /** x³ + ax + b in the field. */
  private BigInteger rightSide(BigInteger x) {
    return x.multiply(x)
        .add(parameters.getCurve().getA())
        .multiply(x)
        .add(parameters.getCurve().getB())
        .mod(prime);
  }

  private boolean isInField(BigInteger coordinate) {
    return coordinate.signum() >= 0 && coordinate.compareTo(prime) < 0;
  }

  private boolean isCurveOf(ECParameterSpec other) {
    return other.getCurve().equals(parameters.getCurve())
        && other.getGenerator().equals(parameters.getGenerator())
        && other.getOrder().equals(parameters.getOrder())
        && other.getCofactor() == parameters.getCofactor();
  }
}
