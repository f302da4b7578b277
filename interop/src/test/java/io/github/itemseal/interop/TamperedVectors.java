package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.b;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.testing.Descriptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items changed by somebody without the keys. */
final class TamperedVectors {
  private TamperedVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "invalid-tampered", 4000);
    attributes(file);
    configuration(file);
    signature(file);
    otherItems(file);
    return file;
  }

  /** a is encrypted; b, c and b2, which no item has, are signed only. */
  private static VectorSetup setup() {
    return VectorSetup.ofStaticKeys()
        .action("b", CryptoAction.SIGN_ONLY)
        .action("b2", CryptoAction.SIGN_ONLY)
        .action("c", CryptoAction.SIGN_ONLY);
  }

  private static void attributes(VectorFile file) {
    Map<String, AttributeValue> stored = setup().stored(simple());
    byte[] a = stored.get("a").b().asByteArray();
    tampered(file, "signed number changed", put(stored, "b", n("12.6")));
    tampered(file, "signed number retyped to string", put(stored, "b", s("12.5")));
    tampered(
        file,
        "signed number wrapped in a set",
        put(stored, "b", AttributeValue.fromNs(List.of("12.5"))));
    tampered(file, "signed binary changed", put(stored, "c", b(0, 1, 0x7F, 0x80, 0xFE)));
    tampered(file, "signed attribute dropped", without(stored, "b"));
    tampered(file, "encrypted attribute dropped", without(stored, "a"));
    tampered(file, "signed attribute renamed", put(without(stored, "b"), "b2", n("12.5")));
    tampered(file, "encrypted attribute renamed", put(without(stored, "a"), "a2", stored.get("a")));
    tampered(file, "encrypted attribute added", put(stored, "d", stored.get("a")));
    tampered(file, "partition key changed", put(stored, "pk", s("Partition")));
    tampered(file, "partition key retyped", put(stored, "pk", b('p', 'a', 'r', 't')));
    tampered(file, "sort key changed", put(stored, "sk", n("2")));
    tampered(file, "first bit of the ciphertext's IV flipped", put(stored, "a", flip(a, 0)));
    tampered(
        file, "last bit of the ciphertext flipped", put(stored, "a", flip(a, 8 * a.length - 1)));
    tampered(
        file,
        "ciphertext cut by a block",
        put(stored, "a", binary(Arrays.copyOf(a, a.length - 16))));
    tampered(
        file,
        "ciphertext extended by a block",
        put(stored, "a", binary(Arrays.copyOf(a, a.length + 16))));
    tampered(file, "ciphertext cut to its IV", put(stored, "a", binary(Arrays.copyOf(a, 16))));
    tampered(file, "ciphertext empty", put(stored, "a", b()));
    // Without the keys, lengths of a serialized value only reach a reader as ciphertext.
    for (int length : List.of(0x7FFFFFFF, 0xFFFFFFFF)) {
      String hex = "%08X".formatted(length);
      tampered(
          file,
          "serialized value of length " + hex + " instead of ciphertext",
          put(stored, "a", binary(ItemForger.tagged('b', length, new byte[26]))),
          VectorFlag.LENGTH);
    }
    Map<String, AttributeValue> two = VectorSetup.ofStaticKeys().stored(simple());
    file.invalid(
        "two encrypted values swapped",
        VectorSetup.ofStaticKeys(),
        put(put(two, "a", two.get("b")), "b", two.get("a")),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_ITEM);
  }

  private static void configuration(VectorFile file) {
    Map<String, AttributeValue> stored = setup().stored(simple());
    List<VectorSetup> others =
        List.of(
            setup().table("t"),
            setup().action("c", CryptoAction.ENCRYPT_AND_SIGN),
            setup().action("a", CryptoAction.SIGN_ONLY),
            setup().action("b", CryptoAction.DO_NOTHING),
            VectorSetup.of(VectorSetup.staticKeys("test-aes-128", "test-hmac-sha384"))
                .actions(setup().actions()));
    List<String> comments =
        List.of(
            "another table name",
            "signed attribute read as encrypted",
            "encrypted attribute read as signed",
            "signed attribute read as untouched",
            "another MAC key");
    for (int i = 0; i < others.size(); i++) {
      file.invalid(
          comments.get(i),
          others.get(i),
          stored,
          ItemAuthenticationException.class,
          FailureReason.NOT_AUTHENTIC,
          VectorFlag.MODIFIED_ITEM);
    }
    file.invalid(
        "another content key",
        VectorSetup.of(VectorSetup.staticKeys("test-aes-256", "test-hmac-sha256"))
            .actions(setup().actions()),
        stored,
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_ITEM);
  }

  private static void signature(VectorFile file) {
    Map<String, AttributeValue> stored = setup().stored(simple());
    byte[] signature = stored.get(Ddbec.SIGNATURE_ATTRIBUTE).b().asByteArray();
    file.invalid(
        "signature missing",
        setup(),
        without(stored, Ddbec.SIGNATURE_ATTRIBUTE),
        MalformedItemException.class,
        FailureReason.SIGNATURE_MISSING,
        VectorFlag.MODIFIED_SIGNATURE);
    for (AttributeValue other :
        List.of(
            s("signature"),
            AttributeValue.fromNul(true),
            AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(signature))))) {
      file.invalid(
          "signature of type " + other.type(),
          setup(),
          put(stored, Ddbec.SIGNATURE_ATTRIBUTE, other),
          MalformedItemException.class,
          FailureReason.SIGNATURE_NOT_BINARY,
          VectorFlag.MODIFIED_SIGNATURE);
    }
    signature(file, "empty signature", setup(), stored, b());
    signature(file, "first bit of the MAC flipped", setup(), stored, flip(signature, 0));
    signature(file, "last bit of the MAC flipped", setup(), stored, flip(signature, 255));
    signature(file, "MAC cut by a byte", setup(), stored, binary(Arrays.copyOf(signature, 31)));
    signature(
        file, "MAC extended by a byte", setup(), stored, binary(Arrays.copyOf(signature, 33)));
    signature(file, "MAC of zeros", setup(), stored, binary(new byte[32]));

    VectorSetup rsa = SignatureVectors.rsa();
    Map<String, AttributeValue> rsaStored = rsa.stored(simple());
    byte[] rsaSignature = rsaStored.get(Ddbec.SIGNATURE_ATTRIBUTE).b().asByteArray();
    signature(file, "RSA signature empty", rsa, rsaStored, b());
    signature(file, "RSA signature of zeros", rsa, rsaStored, binary(new byte[256]));
    signature(file, "RSA signature of one byte", rsa, rsaStored, b(1));
    signature(file, "bit of the RSA signature flipped", rsa, rsaStored, flip(rsaSignature, 1000));
    byte[] shifted = new byte[rsaSignature.length + 1];
    System.arraycopy(rsaSignature, 0, shifted, 1, rsaSignature.length);
    signature(file, "RSA signature behind a zero byte", rsa, rsaStored, binary(shifted));

    VectorSetup ec =
        SignatureVectors.ec("p256")
            .extraDescription(SignatureVectors.SIGNING_ALGORITHM, "SHA256withECDSA");
    Map<String, AttributeValue> ecStored = ec.stored(simple());
    byte[] ecSignature = ecStored.get(Ddbec.SIGNATURE_ATTRIBUTE).b().asByteArray();
    signature(file, "ECDSA signature empty", ec, ecStored, b());
    signature(file, "ECDSA signature with r = s = 0", ec, ecStored, b(0x30, 6, 2, 1, 0, 2, 1, 0));
    signature(file, "ECDSA signature with r = s = 1", ec, ecStored, b(0x30, 6, 2, 1, 1, 2, 1, 1));
    signature(file, "ECDSA signature that is no DER", ec, ecStored, binary(new byte[64]));
    signature(file, "bit of the ECDSA signature flipped", ec, ecStored, flip(ecSignature, 100));
    signature(
        file,
        "byte behind the ECDSA signature",
        ec,
        ecStored,
        binary(Arrays.copyOf(ecSignature, ecSignature.length + 1)));
  }

  private static void otherItems(VectorFile file) {
    Map<String, AttributeValue> stored = setup().stored(simple());
    Map<String, AttributeValue> other = setup().stored(put(simple(), "pk", s("other")));
    signature(
        file, "signature of another item", setup(), stored, other.get(Ddbec.SIGNATURE_ATTRIBUTE));
    tampered(file, "encrypted value of another item", put(stored, "a", other.get("a")));
    tampered(file, "item under another partition key", put(stored, "pk", other.get("pk")));

    VectorSetup wrapped =
        WrappedVectors.aes().extraDescription(WrappedVectors.CONTENT_KEY_ALGORITHM, "AES/256");
    Map<String, AttributeValue> first = wrapped.stored(simple());
    Map<String, AttributeValue> second = wrapped.stored(simple());
    file.invalid(
        "wrapped content key of another item",
        WrappedVectors.aes(),
        Descriptions.with(
            first,
            WrappedVectors.WRAPPED_KEY,
            Descriptions.of(second).get(WrappedVectors.WRAPPED_KEY)),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_DESCRIPTION);
    file.invalid(
        "description of another item",
        WrappedVectors.aes(),
        put(first, Ddbec.DESCRIPTION_ATTRIBUTE, second.get(Ddbec.DESCRIPTION_ATTRIBUTE)),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_DESCRIPTION);
  }

  private static void tampered(
      VectorFile file,
      String comment,
      Map<String, AttributeValue> attacked,
      VectorFlag... moreFlags) {
    VectorFlag[] flags = Arrays.copyOf(moreFlags, moreFlags.length + 1);
    flags[moreFlags.length] = VectorFlag.MODIFIED_ITEM;
    file.invalid(
        comment,
        setup(),
        attacked,
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        flags);
  }

  private static void signature(
      VectorFile file,
      String comment,
      VectorSetup setup,
      Map<String, AttributeValue> stored,
      AttributeValue signature) {
    file.invalid(
        comment,
        setup,
        put(stored, Ddbec.SIGNATURE_ATTRIBUTE, signature),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_SIGNATURE);
  }

  private static AttributeValue flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return binary(flipped);
  }

  private static AttributeValue binary(byte[] bytes) {
    return ItemForger.binary(bytes);
  }
}
