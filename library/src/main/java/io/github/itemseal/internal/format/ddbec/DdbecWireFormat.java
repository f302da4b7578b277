package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesCbc;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.ItemPlans.Planned;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.MaterialDescription;
import io.github.itemseal.materials.SigningAlgorithm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Seals and opens items of one table, given their keys: the pure half of DDBEC. Source:
 * docs/formats/ddbec.md. Never changes its arguments; thread-safe.
 *
 * <p>The way of an item:
 *
 * <ol>
 *   <li>{@link DdbecItemPlan}: what its names tell, kept from the last item with the same names
 *   <li>{@link DdbecAttributeCipher}: one chain of all encrypted values; {@link DdbecValueCodec} on
 *       the side of the plaintext
 *   <li>{@link DdbecSignatureInput}: a hash for each signed value, on the side of what is stored
 *   <li>{@link DdbecItemSignature}: one MAC or signature over all hashes
 *   <li>{@link DdbecMaterialDescriptionCodec}: what tells the next reader the keys
 * </ol>
 *
 * <p>Sealing goes down the list. Opening parses the description, verifies what the signature is
 * made over, then decrypts, then parses. Failures: {@link MalformedItemException}, {@link
 * ItemAuthenticationException}, {@link MaterialsUnavailableException} where a key is missing.
 */
public final class DdbecWireFormat {
  /** Description entry that holds the wrapped content key, in Base64. */
  private static final String WRAPPED_KEY = "amzn-ddb-env-key";

  /** What the Java client assumes where an asymmetric signature does not name its algorithm. */
  private static final String DEFAULT_SIGNING_ALGORITHM = SigningAlgorithm.RSA_SHA256.jcaName();

  private final DdbecAttributes attributes;
  private final DdbecSignatureInput signatureInput;
  private final boolean readsPythonDialect;
  private final DdbecNames names;
  private final FailureSubject subject;

  /**
   * @param tableName the logical name, bound into every signature
   * @param actions with the table's keys already protected
   * @param readsPythonDialect whether a signature that does not fit is tried once more the way the
   *     Python client orders and rounds
   * @param names of the format's attributes and description entries
   * @param subject the table and its keys, for failures
   */
  public DdbecWireFormat(
      String tableName,
      AttributeActions actions,
      boolean readsPythonDialect,
      DdbecNames names,
      FailureSubject subject) {
    this.attributes =
        new DdbecAttributes(
            name -> names.isAttribute(name) ? CryptoAction.DO_NOTHING : actions.actionFor(name));
    this.names = names;
    this.signatureInput = new DdbecSignatureInput(tableName);
    this.readsPythonDialect = readsPythonDialect;
    this.subject = subject.withFormat(Ddbec.NAME);
  }

  /** Whether an item has one of the format's two attributes, under this table's names. */
  public boolean recognises(Map<String, AttributeValue> item) {
    return item.containsKey(names.signatureAttribute())
        || item.containsKey(names.descriptionAttribute());
  }

  /** The stored form of an item. Attributes keep their order, the format's own two come last. */
  public Map<String, AttributeValue> seal(
      Map<String, AttributeValue> item, EncryptionMaterials materials) {
    try {
      ByteWriter scratch = new ByteWriter();
      Planned<DdbecItemPlan> planned = attributes.planFor(item.keySet());
      DdbecItemPlan plan = planned.plan();
      requireStorable(item, plan, scratch);
      attributes.keep(planned);
      Map<String, AttributeValue> stored = encryptAttributes(item, plan, materials, scratch);
      MaterialDescription description = describe(materials);
      byte[] signature =
          DdbecItemSignature.sign(
              materials.signingAlgorithm(),
              materials.signingKey(),
              signatureInput.of(plan, stored, DdbecDialect.JAVA, scratch));
      if (!description.isEmpty()) {
        stored.put(
            names.descriptionAttribute(),
            binary(DdbecMaterialDescriptionCodec.serialize(description, scratch)));
      }
      stored.put(names.signatureAttribute(), binary(signature));
      return stored;
    } catch (WireFormatException e) {
      throw e.toException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
  }

  /** What is not serialized for the signature is serialized for the checks alone. */
  private static void requireStorable(
      Map<String, AttributeValue> item, DdbecItemPlan plan, ByteWriter scratch) {
    for (DdbecAttribute attribute : plan.unsigned()) {
      scratch.reset();
      try {
        scratch.writeUtf8(attribute.name());
        DdbecValueCodec.serialize(attribute.valueIn(item), DdbecDialect.JAVA, scratch);
      } catch (WireFormatException e) {
        throw e.inAttribute(attribute.name());
      }
    }
  }

  private Map<String, AttributeValue> encryptAttributes(
      Map<String, AttributeValue> item,
      DdbecItemPlan plan,
      EncryptionMaterials materials,
      ByteWriter scratch) {
    Map<String, AttributeValue> stored = new LinkedHashMap<>(item);
    if (!plan.encrypted().isEmpty()) {
      SecretKey contentKey =
          materials
              .encryptionKey()
              .orElseThrow(() -> noContentKey("encrypt", "encryption", plan.encrypted()));
      DdbecAttributeCipher.of(contentKey, scratch).encrypt(plan.encrypted(), stored);
    }
    return stored;
  }

  private MaterialDescription describe(EncryptionMaterials materials) {
    MaterialDescription description = materials.materialDescription();
    if (materials.encryptionKey().isPresent()) {
      description = description.with(names.symmetricMode(), DdbecAttributeCipher.CBC);
    }
    if (!materials.signingAlgorithm().isMac()) {
      description =
          description.with(names.signingAlgorithm(), materials.signingAlgorithm().jcaName());
    }
    return description;
  }

  /**
   * Whether sealing an item like this one again gives another signature: it covers initialisation
   * vectors, or its algorithm is ECDSA, which draws a number for each signature.
   *
   * @param sealed an item as {@link #seal} returned it
   */
  public boolean hasRandomSignature(Map<String, AttributeValue> sealed) {
    return !attributes.planFor(sealed.keySet()).plan().encrypted().isEmpty()
        || parseHeader(sealed)
            .materialDescription()
            .get(names.signingAlgorithm())
            .flatMap(SigningAlgorithm::fromJcaName)
            .filter(SigningAlgorithm::isRandomized)
            .isPresent();
  }

  /** What an item says of its keys and its signature, before anything is verified. */
  public DdbecHeader parseHeader(Map<String, AttributeValue> item) {
    return parseHeader(item, names, subject);
  }

  private static DdbecHeader parseHeader(
      Map<String, AttributeValue> item, DdbecNames names, FailureSubject subject) {
    AttributeValue signature = item.get(names.signatureAttribute());
    if (signature == null) {
      throw new MalformedItemException(
          FailureReason.SIGNATURE_MISSING,
          subject.withAttribute(names.signatureAttribute()),
          "The %s has a material description but no signature.".formatted(subject.describe()));
    }
    if (!AttributeTypes.isBinary(signature)) {
      throw notBinary(
          subject,
          FailureReason.SIGNATURE_NOT_BINARY,
          names.signatureAttribute(),
          "holds the item's signature",
          signature);
    }
    AttributeValue description = item.get(names.descriptionAttribute());
    if (description == null) {
      return new DdbecHeader(MaterialDescription.empty(), signature.b());
    }
    if (!AttributeTypes.isBinary(description)) {
      throw notBinary(
          subject,
          FailureReason.DESCRIPTION_MALFORMED,
          names.descriptionAttribute(),
          "holds the material description",
          description);
    }
    try {
      return new DdbecHeader(
          DdbecMaterialDescriptionCodec.parse(description.b().asByteArrayUnsafe()), signature.b());
    } catch (WireFormatException e) {
      throw e.inAttribute(names.descriptionAttribute()).toException(subject);
    }
  }

  /**
   * What a stored item says of itself, for people, in reading order; never a key.
   *
   * @param defects what cannot be followed is added here
   */
  public static Map<String, String> describe(
      Map<String, AttributeValue> item, DdbecNames names, List<String> defects) {
    DdbecHeader header;
    try {
      header = parseHeader(item, names, FailureSubject.unknown());
    } catch (MalformedItemException e) {
      defects.add(String.valueOf(e.getMessage()));
      return Map.of();
    }
    Map<String, String> facts = new LinkedHashMap<>();
    MaterialDescription description = header.materialDescription();
    facts.put("version", "0");
    facts.put("signature", header.signature().asByteArrayUnsafe().length + " bytes");
    description
        .entries()
        .forEach(
            (name, text) ->
                facts.put(name, name.equals(WRAPPED_KEY) ? text.length() + " characters" : text));
    return facts;
  }

  /** Whether an encrypted attribute can be so long: an initialisation vector and whole blocks. */
  public static boolean couldBeCiphertext(int lengthBytes) {
    return AesCbc.isMessageLength(lengthBytes);
  }

  /** The item inside a stored one, without the format's own attributes. */
  public Map<String, AttributeValue> open(
      Map<String, AttributeValue> item, DdbecHeader header, DecryptionMaterials materials) {
    try {
      Planned<DdbecItemPlan> planned = attributes.planFor(item.keySet());
      DdbecItemPlan plan = planned.plan();
      requireEncryptedAttributesBinary(item, plan);
      ByteWriter scratch = new ByteWriter();
      verify(item, plan, header, materials, scratch);
      attributes.keep(planned);
      return decryptAttributes(item, plan, header, materials, scratch);
    } catch (WireFormatException e) {
      throw e.toException(subject);
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
  }

  private void requireEncryptedAttributesBinary(
      Map<String, AttributeValue> item, DdbecItemPlan plan) {
    for (DdbecAttribute attribute : plan.encrypted()) {
      AttributeValue value = attribute.valueIn(item);
      if (!AttributeTypes.isBinary(value)) {
        throw notBinary(
            subject,
            FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
            attribute.name(),
            "is encrypted",
            value);
      }
    }
  }

  private void verify(
      Map<String, AttributeValue> item,
      DdbecItemPlan plan,
      DdbecHeader header,
      DecryptionMaterials materials,
      ByteWriter scratch) {
    SigningAlgorithm algorithm = verificationAlgorithm(header, materials);
    byte[] signature = header.signature().asByteArrayUnsafe();
    byte[] input = signatureInput.of(plan, item, DdbecDialect.JAVA, scratch);
    if (DdbecItemSignature.verify(algorithm, materials.verificationKey(), input, signature)) {
      return;
    }
    if (readsPythonDialect) {
      byte[] pythonInput = signatureInput.of(plan, item, DdbecDialect.PYTHON, scratch);
      if (!Arrays.equals(input, pythonInput)
          && DdbecItemSignature.verify(
              algorithm, materials.verificationKey(), pythonInput, signature)) {
        return;
      }
    }
    throw new ItemAuthenticationException(subject);
  }

  /**
   * A MAC key has one algorithm, whatever the item says. For a public or another delegated key the
   * item's claim counts, if the materials allow it; a delegated key stands in for no claim itself.
   */
  private SigningAlgorithm verificationAlgorithm(
      DdbecHeader header, DecryptionMaterials materials) {
    String unclaimed = DEFAULT_SIGNING_ALGORITHM;
    if (materials.verificationKey() instanceof SecretKey) {
      SigningAlgorithm own = materials.verificationAlgorithms().iterator().next();
      if (own.isMac()) {
        return own;
      }
      unclaimed = own.jcaName();
    }
    return SigningAlgorithm.fromJcaName(
            header.materialDescription().get(names.signingAlgorithm()).orElse(unclaimed))
        .filter(materials.verificationAlgorithms()::contains)
        .orElseThrow(
            () ->
                new MalformedItemException(
                    FailureReason.ALGORITHM_NOT_ALLOWED,
                    subject,
                    "The %s names a signature algorithm that is not allowed for the configured key."
                        .formatted(subject.describe())));
  }

  private Map<String, AttributeValue> decryptAttributes(
      Map<String, AttributeValue> item,
      DdbecItemPlan plan,
      DdbecHeader header,
      DecryptionMaterials materials,
      ByteWriter scratch) {
    Map<String, AttributeValue> opened = new LinkedHashMap<>(item);
    opened.remove(names.descriptionAttribute());
    opened.remove(names.signatureAttribute());
    if (!plan.encrypted().isEmpty()) {
      requireCbc(header.materialDescription());
      SecretKey contentKey =
          materials
              .decryptionKey()
              .orElseThrow(() -> noContentKey("decrypt", "decryption", plan.encrypted()));
      DdbecAttributeCipher.of(contentKey, scratch).decrypt(plan.encrypted(), opened);
    }
    return opened;
  }

  private void requireCbc(MaterialDescription description) {
    String mode = description.get(names.symmetricMode()).orElse(null);
    if (mode == null) {
      throw new MalformedItemException(
          FailureReason.DESCRIPTION_INCOMPLETE,
          subject,
          ("The %s has encrypted attributes, but no material description entry '%s' to say how"
                  + " they were encrypted.")
              .formatted(subject.describe(), names.symmetricMode()));
    }
    if (!mode.equals(DdbecAttributeCipher.CBC)) {
      throw new MalformedItemException(
          FailureReason.ALGORITHM_NOT_ALLOWED,
          subject,
          "The %s names a cipher mode other than %s."
              .formatted(subject.describe(), DdbecAttributeCipher.CBC));
    }
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)); // nobody else holds the array
  }

  private static MalformedItemException notBinary(
      FailureSubject subject,
      FailureReason reason,
      String name,
      String role,
      AttributeValue found) {
    FailureSubject attribute = subject.withAttribute(name);
    return new MalformedItemException(
        reason,
        attribute,
        "The %s %s but its value is not binary (found %s)."
            .formatted(attribute.describe(), role, AttributeTypes.typeOf(found)));
  }

  private MaterialsUnavailableException noContentKey(
      String verb, String kind, List<DdbecAttribute> encrypted) {
    FailureSubject attribute = subject.withAttribute(encrypted.get(0).name());
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        attribute,
        "Cannot %s the %s: the key source gave no %s key."
            .formatted(verb, attribute.describe(), kind),
        null);
  }
}
