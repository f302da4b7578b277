package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.HkdfSha512;
import io.github.itemseal.internal.crypto.Hmac;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.RandomBytes;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.ItemPlans.Planned;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.DecryptionMaterials;
import io.github.itemseal.keyring.EncryptionMaterials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Seals and opens items of one table, given their keys: the pure half of DBE. Source:
 * docs/formats/dbe.md. Never changes its arguments; thread-safe.
 *
 * <p>The way of an item. Both ways are in two halves, between which a keyring is asked:
 *
 * <ol>
 *   <li>{@link DbeAttributes}: what its names tell, kept from the last item with the same names
 *   <li>{@link DbeContext}: what the data keys are bound to; here the keyring comes in
 *   <li>{@link DbeHeaderCodec}: how the item was sealed, with a commitment to the data key
 *   <li>{@link DbeAttributeCipher}: each encrypted value, with {@link DbeValueCodec}
 *   <li>{@link DbeCanonicalItem}: all that is signed, hashed as it is met
 *   <li>{@link DbeFooter}: a tag for each data key, and a signature where the suite has one
 * </ol>
 *
 * <p>Sealing goes down the list. Opening parses the header, has the key unwrapped, and verifies the
 * commitment, a tag and the signature; then it decrypts, then parses. Failures: {@link
 * MalformedItemException}, {@link ItemAuthenticationException}, {@link
 * MaterialsUnavailableException} where a keyring gave no key.
 */
public final class DbeWireFormat {
  private static final byte[] COMMIT_KEY = "AWS_DBE_COMMIT_KEY".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FIELD_ROOT_KEY =
      "AWS_DBE_DERIVE_KEY".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;

  private final DbeContext context;
  private final DbeAttributes attributes;
  private final AttributeActions actions;
  private final int writtenVersion;
  private final int maxDataKeys;
  private final Jca jca;
  private final FailureSubject subject;

  /**
   * @param tableName the logical name, bound into every signature
   * @param partitionKey the name of its partition key
   * @param sortKey the name of its sort key; null if it has none
   * @param actions with the table's keys already protected
   * @param unsigned the attributes that stored items do not sign
   * @param maxDataKeys the most that an item may have
   * @param jca where algorithms come from
   * @param subject the table and its keys, for failures
   */
  public DbeWireFormat(
      String tableName,
      String partitionKey,
      @Nullable String sortKey,
      AttributeActions actions,
      DbeUnsigned unsigned,
      int maxDataKeys,
      Jca jca,
      FailureSubject subject) {
    this.context = new DbeContext(tableName, partitionKey, sortKey);
    this.attributes = new DbeAttributes(tableName, actions, unsigned);
    this.actions = actions;
    this.writtenVersion =
        actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT) ? 2 : 1;
    this.maxDataKeys = maxDataKeys;
    this.jca = jca;
    this.subject = subject.withFormat(Dbe.NAME);
  }

  /** Whether an item has one of the format's two attributes. */
  public boolean recognises(Map<String, AttributeValue> item) {
    return item.containsKey(Dbe.HEADER_ATTRIBUTE) || item.containsKey(Dbe.FOOTER_ATTRIBUTE);
  }

  /**
   * What to ask a keyring for to seal an item.
   *
   * @param signingKey for a suite with signatures; else null
   */
  public DbeSealing prepare(
      Map<String, AttributeValue> item, AlgorithmSuite suite, @Nullable DbeSigningKey signingKey) {
    try {
      requireContextAttributes(item);
      Planned<DbeWritePlan> planned = attributes.planFor(item.keySet());
      DbeWritePlan plan = planned.plan();
      requireStorable(item, plan);
      attributes.keepWritten(planned);
      List<DbeAttribute> fields = plan.signed();
      List<String> included = writtenVersion == 1 ? context.keyNames() : namesInContext(fields);
      Map<String, String> entries = context.of(writtenVersion, item, included);
      if (signingKey != null) {
        entries.put(DbeContext.PUBLIC_KEY, signingKey.publicKey());
      }
      return new DbeSealing(
          item,
          fields,
          signingKey,
          EncryptionMaterials.builder(suite)
              .encryptionContext(entries)
              .contextAttributes(context.attributes(writtenVersion, item, included))
              .subject(subject)
              .provider(jca.preferred())
              .build());
    } catch (WireFormatException e) {
      throw e.toException(subject);
    }
  }

  private void requireContextAttributes(Map<String, AttributeValue> item) {
    actions
        .exceptions()
        .forEach(
            (name, action) -> {
              if (action == CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT
                  && !item.containsKey(name)) {
                throw new WireFormatException(
                        FailureReason.CONTEXT_ATTRIBUTE_MISSING,
                        "is missing from the item, but named with"
                            + " SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT")
                    .inAttribute(name);
              }
            });
  }

  /** What is not serialized to be signed is serialized for the checks alone. */
  private static void requireStorable(Map<String, AttributeValue> item, DbeWritePlan plan) {
    if (plan.unsigned().isEmpty()) {
      return;
    }
    ByteWriter scratch = new ByteWriter();
    for (DbeAttribute attribute : plan.unsigned()) {
      scratch.reset();
      try {
        scratch.writeUtf8(attribute.name());
        DbeValueCodec.serialize(attribute.valueIn(item), scratch);
      } catch (WireFormatException e) {
        throw e.inAttribute(attribute.name());
      }
    }
  }

  /** The stored form of an item. Attributes keep their order, the format's own two come last. */
  public Map<String, AttributeValue> seal(DbeSealing sealing, EncryptionMaterials materials) {
    try {
      SecretKey dataKey = requireComplete(sealing, materials);
      requireFewDataKeys(materials.encryptedDataKeys().size());
      DbeHeader header = headerOf(sealing, materials);
      HkdfSha512 hkdf = new HkdfSha512(jca, dataKey.getEncoded());
      ByteWriter scratch = new ByteWriter();
      byte[] headerBytes = serialize(header, hkdf, scratch);
      Map<String, AttributeValue> stored = new LinkedHashMap<>(sealing.item());
      byte[] hash =
          encryptFields(
              sealing, header, headerBytes, materials.canonicalContext(), hkdf, scratch, stored);
      stored.put(Dbe.HEADER_ATTRIBUTE, binary(headerBytes));
      stored.put(
          Dbe.FOOTER_ATTRIBUTE,
          binary(
              DbeFooter.sign(jca, hash, materials.symmetricSigningKeys(), sealing.signingKey())));
      return stored;
    } catch (WireFormatException e) {
      throw e.toException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
  }

  /**
   * A keyring may be anybody's: one that forgot something must not cost the item its protection.
   */
  private SecretKey requireComplete(DbeSealing sealing, EncryptionMaterials materials) {
    if (materials.algorithmSuite() != sealing.materials().algorithmSuite()
        || !Arrays.equals(materials.canonicalContext(), sealing.materials().canonicalContext())) {
      throw new IllegalStateException("The keyring returned the materials of another item.");
    }
    return materials.dataKey().orElseThrow(this::noDataKey); // which comes wrapped, see there
  }

  /** Each may cost a call to a key service, and in a stored item their number is a claim. */
  private void requireFewDataKeys(int count) {
    if (count > maxDataKeys) {
      throw new ForbiddenItemException(
          FailureReason.TOO_MANY_DATA_KEYS,
          subject,
          "The %s has %s encrypted data keys; this table allows %s. See Dbe.maxDataKeys(...)."
              .formatted(subject.describe(), count, maxDataKeys));
    }
  }

  private DbeHeader headerOf(DbeSealing sealing, EncryptionMaterials materials) {
    StringBuilder legend = new StringBuilder(sealing.fields().size());
    for (DbeAttribute field : sealing.fields()) {
      legend.append(letterOf(field.action()));
    }
    DbeSigningKey signingKey = sealing.signingKey();
    return new DbeHeader(
        writtenVersion,
        materials.algorithmSuite(),
        SdkBytes.fromByteArrayUnsafe(RandomBytes.of(DbeHeader.MESSAGE_ID_BYTES)),
        legend.toString(),
        signingKey == null ? Map.of() : Map.of(DbeContext.PUBLIC_KEY, signingKey.publicKey()),
        materials.encryptedDataKeys());
  }

  private static char letterOf(CryptoAction action) {
    return switch (action) {
      case ENCRYPT_AND_SIGN -> DbeHeader.ENCRYPTED;
      case SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT -> DbeHeader.IN_CONTEXT;
      default -> DbeHeader.SIGNED;
    };
  }

  private byte[] serialize(DbeHeader header, HkdfSha512 hkdf, ByteWriter scratch) {
    scratch.reset();
    DbeHeaderCodec.serialize(header, scratch);
    int partial = scratch.length();
    byte[] bytes = Arrays.copyOf(scratch.buffer(), partial + DbeHeader.COMMITMENT_BYTES);
    byte[] commitment = commitment(header, hkdf, bytes, partial);
    System.arraycopy(commitment, 0, bytes, partial, commitment.length);
    return bytes;
  }

  /** The first half of an HMAC-SHA-512 of the header so far. */
  private byte[] commitment(DbeHeader header, HkdfSha512 hkdf, byte[] bytes, int partial) {
    SecretKey commitKey = derive(hkdf, COMMIT_KEY, header, "HmacSHA512");
    return Arrays.copyOf(
        Hmac.sha512(jca).of(commitKey, bytes, partial), DbeHeader.COMMITMENT_BYTES);
  }

  private static SecretKey derive(
      HkdfSha512 hkdf, byte[] purpose, DbeHeader header, String algorithm) {
    return new SecretKeySpec(
        hkdf.expand(KEY_BYTES, purpose, header.messageId().asByteArrayUnsafe()), algorithm);
  }

  private DbeAttributeCipher cipherFor(DbeHeader header, HkdfSha512 hkdf) {
    int encrypted = 0;
    for (int i = 0; i < header.legend().length(); i++) {
      encrypted += header.legend().charAt(i) == DbeHeader.ENCRYPTED ? 1 : 0;
    }
    return new DbeAttributeCipher(jca, derive(hkdf, FIELD_ROOT_KEY, header, "AES"), encrypted);
  }

  /** Puts the encrypted attributes into {@code stored} and returns the hash of the whole. */
  private byte[] encryptFields(
      DbeSealing sealing,
      DbeHeader header,
      byte[] headerBytes,
      byte[] canonicalContext,
      HkdfSha512 hkdf,
      ByteWriter scratch,
      Map<String, AttributeValue> stored) {
    DbeAttributeCipher cipher = cipherFor(header, hkdf);
    DbeCanonicalItem canonical =
        new DbeCanonicalItem(jca, headerBytes, headerBytes.length, canonicalContext, scratch);
    for (DbeAttribute field : sealing.fields()) {
      AttributeValue value = field.valueIn(sealing.item());
      try {
        if (field.action().encrypts()) {
          byte[] bytes = cipher.encrypt(field, value, scratch);
          canonical.addEncrypted(field, bytes);
          stored.put(field.name(), binary(bytes));
        } else {
          canonical.addPlaintext(field, value);
        }
      } catch (WireFormatException e) {
        throw e.inAttribute(field.name());
      }
    }
    return canonical.hash();
  }

  /**
   * What to ask a keyring for to open an item.
   *
   * @throws MalformedItemException if header or footer are missing or cannot be followed
   * @throws ForbiddenItemException if it has more data keys than the table allows
   * @throws ItemAuthenticationException if the item has not as many signed attributes as its header
   *     says
   */
  public DbeOpening parse(Map<String, AttributeValue> item) {
    try {
      SdkBytes headerBytes = require(item, Dbe.HEADER_ATTRIBUTE, FailureReason.HEADER_MALFORMED);
      SdkBytes footer = require(item, Dbe.FOOTER_ATTRIBUTE, FailureReason.FOOTER_MALFORMED);
      DbeHeader header = parseHeader(headerBytes);
      requireFewDataKeys(header.encryptedDataKeys().size());
      try {
        DbeFooter.requireLength(footer.asByteArrayUnsafe(), header);
      } catch (WireFormatException e) {
        throw e.inAttribute(Dbe.FOOTER_ATTRIBUTE);
      }
      Planned<List<DbeAttribute>> planned = attributes.signedWhenRead(item.keySet());
      List<DbeAttribute> fields = planned.plan();
      if (fields.size() != header.legend().length()) {
        throw new ItemAuthenticationException(subject);
      }
      requireEncryptedBinary(item, header, fields);
      return new DbeOpening(
          item, header, headerBytes, footer, planned, materialsToOpen(item, header, fields));
    } catch (WireFormatException e) {
      throw e.toException(subject);
    }
  }

  private static SdkBytes require(
      Map<String, AttributeValue> item, String name, FailureReason reason) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new WireFormatException(reason, "is missing").inAttribute(name);
    }
    if (!AttributeTypes.isBinary(value)) {
      throw new WireFormatException(
              reason, "is not binary (found %s)".formatted(AttributeTypes.typeOf(value)))
          .inAttribute(name);
    }
    return value.b();
  }

  private static DbeHeader parseHeader(SdkBytes bytes) {
    try {
      DbeHeader header = DbeHeaderCodec.parse(bytes.asByteArrayUnsafe());
      if (header.suite().hasSignature()
          != header.storedContext().containsKey(DbeContext.PUBLIC_KEY)) {
        throw new WireFormatException(
            FailureReason.HEADER_MALFORMED,
            "has a public key without a signature, or a signature without a public key");
      }
      return header;
    } catch (WireFormatException e) {
      throw e.inAttribute(Dbe.HEADER_ATTRIBUTE);
    }
  }

  private void requireEncryptedBinary(
      Map<String, AttributeValue> item, DbeHeader header, List<DbeAttribute> fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (header.legend().charAt(i) != DbeHeader.ENCRYPTED) {
        continue;
      }
      String name = fields.get(i).name();
      AttributeValue value = fields.get(i).valueIn(item);
      if (!AttributeTypes.isBinary(value)) {
        throw new WireFormatException(
                FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
                "is encrypted but its value is not binary (found %s)"
                    .formatted(AttributeTypes.typeOf(value)))
            .inAttribute(name);
      }
      if (value.b().asByteArrayUnsafe().length < DbeAttributeCipher.OVERHEAD_BYTES) {
        throw new ItemAuthenticationException(subject);
      }
    }
  }

  private DecryptionMaterials materialsToOpen(
      Map<String, AttributeValue> item, DbeHeader header, List<DbeAttribute> fields) {
    List<String> included = context.keyNames();
    if (header.version() == 2) {
      included = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        if (header.legend().charAt(i) == DbeHeader.IN_CONTEXT) {
          included.add(fields.get(i).name());
        }
      }
    }
    return DecryptionMaterials.builder(header.suite(), header.encryptedDataKeys())
        .storedContext(header.storedContext())
        .reproducedContext(context.of(header.version(), item, included))
        .contextAttributes(context.attributes(header.version(), item, included))
        .subject(subject)
        .provider(jca.preferred())
        .build();
  }

  /** The item inside a stored one, without the format's own attributes. */
  public Map<String, AttributeValue> open(DbeOpening opening, DecryptionMaterials materials) {
    try {
      SecretKey dataKey = materials.dataKey().orElseThrow(this::noDataKey);
      HkdfSha512 hkdf = new HkdfSha512(jca, dataKey.getEncoded());
      verifyCommitment(opening, hkdf);
      verifyFooter(opening, materials);
      attributes.keepRead(opening.planned());
      return decryptFields(opening, hkdf);
    } catch (WireFormatException e) {
      throw e.toException(subject);
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
  }

  private void verifyCommitment(DbeOpening opening, HkdfSha512 hkdf) {
    byte[] bytes = opening.headerBytes().asByteArrayUnsafe();
    int partial = bytes.length - DbeHeader.COMMITMENT_BYTES;
    if (!MessageDigest.isEqual(
        commitment(opening.header(), hkdf, bytes, partial),
        Arrays.copyOfRange(bytes, partial, bytes.length))) {
      throw new ItemAuthenticationException(subject);
    }
  }

  private void verifyFooter(DbeOpening opening, DecryptionMaterials materials) {
    byte[] header = opening.headerBytes().asByteArrayUnsafe();
    DbeCanonicalItem canonical =
        new DbeCanonicalItem(
            jca, header, header.length, opening.materials().canonicalContext(), new ByteWriter());
    for (int i = 0; i < opening.fields().size(); i++) {
      DbeAttribute field = opening.fields().get(i);
      AttributeValue value = field.valueIn(opening.item());
      try {
        if (opening.header().legend().charAt(i) == DbeHeader.ENCRYPTED) {
          canonical.addEncrypted(field, value.b().asByteArrayUnsafe());
        } else {
          canonical.addPlaintext(field, value);
        }
      } catch (WireFormatException e) {
        throw e.inAttribute(field.name());
      }
    }
    if (!DbeFooter.verify(
        jca,
        opening.footer().asByteArrayUnsafe(),
        canonical.hash(),
        materials.symmetricSigningKey().orElseThrow(this::noDataKey),
        opening.header().storedContext().get(DbeContext.PUBLIC_KEY))) {
      throw new ItemAuthenticationException(subject);
    }
  }

  private Map<String, AttributeValue> decryptFields(DbeOpening opening, HkdfSha512 hkdf) {
    DbeAttributeCipher cipher = cipherFor(opening.header(), hkdf);
    Map<String, AttributeValue> opened = new LinkedHashMap<>(opening.item());
    opened.keySet().removeIf(name -> name.startsWith(Dbe.RESERVED_PREFIX));
    for (int i = 0; i < opening.fields().size(); i++) {
      if (opening.header().legend().charAt(i) == DbeHeader.ENCRYPTED) {
        DbeAttribute field = opening.fields().get(i);
        try {
          opened.put(
              field.name(),
              cipher.decrypt(field, field.valueIn(opening.item()).b().asByteArrayUnsafe()));
        } catch (WireFormatException e) {
          throw e.inAttribute(field.name());
        }
      }
    }
    return opened;
  }

  private static List<String> namesInContext(List<DbeAttribute> fields) {
    List<String> names = new ArrayList<>();
    for (DbeAttribute field : fields) {
      if (field.action() == CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT) {
        names.add(field.name());
      }
    }
    return names;
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)); // nobody else holds the array
  }

  private MaterialsUnavailableException noDataKey() {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "The keyring gave no data key for the %s.".formatted(subject.describe()),
        null);
  }
}
