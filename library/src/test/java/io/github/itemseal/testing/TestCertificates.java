package io.github.itemseal.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/**
 * Self-signed X.509 version 1 certificates (RFC 5280) for key store tests: named TEST, valid from
 * 2000 to 2049, serial number 1.
 */
public final class TestCertificates {
  private static final byte[] SHA256_WITH_RSA = hex("300d06092a864886f70d01010b0500");
  private static final byte[] SHA256_WITH_ECDSA = hex("300a06082a8648ce3d040302");

  private TestCertificates() {}

  /** The certificate alone, as a chain. */
  public static Certificate[] chainOf(KeyPair pair) {
    return new Certificate[] {of(pair)};
  }

  /** The certificate of an RSA or EC key pair, whose private key may be in a device. */
  public static Certificate of(KeyPair pair) {
    boolean rsa = pair.getPublic().getAlgorithm().equals("RSA");
    byte[] algorithm = rsa ? SHA256_WITH_RSA : SHA256_WITH_ECDSA;
    byte[] toBeSigned =
        sequence(
            hex("020101"), // serial number
            algorithm,
            name(),
            sequence(utcTime("000101000000Z"), utcTime("491231235959Z")),
            name(),
            pair.getPublic().getEncoded());
    try {
      Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(toBeSigned);
      byte[] bits = concat(new byte[] {0}, signature.sign()); // no unused bits
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(
              new ByteArrayInputStream(sequence(toBeSigned, algorithm, element(0x03, bits))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** CN=TEST. */
  private static byte[] name() {
    byte[] commonName = hex("0603550403");
    byte[] text = element(0x0c, "TEST".getBytes(StandardCharsets.US_ASCII));
    return sequence(element(0x31, sequence(commonName, text)));
  }

  private static byte[] utcTime(String time) {
    return element(0x17, time.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sequence(byte[]... elements) {
    return element(0x30, concat(elements));
  }

  /** Tag, length in DER (X.690, section 8.1.3), content. */
  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    if (length < 0x80) {
      return concat(new byte[] {(byte) tag, (byte) length}, content);
    }
    byte[] header =
        length < 0x100
            ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(header, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
