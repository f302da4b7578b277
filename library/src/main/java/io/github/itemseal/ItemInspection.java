package io.github.itemseal;

import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.internal.format.dbe.DbeDescription;
import io.github.itemseal.internal.format.dbe.DbeUnsigned;
import io.github.itemseal.internal.format.ddbec.DdbecNames;
import io.github.itemseal.internal.format.ddbec.DdbecWireFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What can be said of a stored item without its keys. Nothing here is verified: an attacker may
 * have written all of it. Immutable.
 *
 * @param format {@code DDBEC}, {@code DBE} or {@code plaintext}
 * @param description what the format says of itself, for people and in reading order: version,
 *     algorithms, key ids; names such as {@code cipher mode}, never a key
 * @param attributes every attribute, in the item's order
 * @param itemBytes the size DynamoDB counts against its limit of 400 KB; numbers are estimated
 * @param formatBytes of these, the bytes of the format's own attributes with their names; every
 *     encrypted attribute carries a few more
 * @param defects what is wrong with the item as far as it shows without keys; empty if nothing
 */
public record ItemInspection(
    String format,
    Map<String, String> description,
    List<AttributeInspection> attributes,
    int itemBytes,
    int formatBytes,
    List<String> defects) {

  public ItemInspection {
    description = Collections.unmodifiableMap(new LinkedHashMap<>(description)); // keeps the order
    attributes = List.copyOf(attributes);
    defects = List.copyOf(defects);
  }

  /** How one attribute is stored. */
  public enum AttributeState {
    /** Belongs to the format: description, signature, header or footer. */
    FORMAT,
    /** The table's actions, or the item's legend, say that it is encrypted. */
    ENCRYPTED,
    /** Without actions: binary, and of a length that ciphertext has. */
    POSSIBLY_ENCRYPTED,
    /** The table's actions, or the item's legend, say that it is readable and signed. */
    SIGNED,
    /** The same, and it is part of the encryption context, which the keys are bound to. */
    SIGNED_IN_CONTEXT,
    /** The table's actions, or the item's legend, say that nothing protects it. */
    UNPROTECTED,
    /** Without actions: readable; whether it is signed cannot be told. */
    READABLE
  }

  /**
   * One attribute of a stored item.
   *
   * @param name its name
   * @param type its DynamoDB type as stored, such as {@code S}
   * @param bytes the size DynamoDB counts, name included; numbers are estimated
   * @param state how it is stored
   */
  public record AttributeInspection(String name, String type, int bytes, AttributeState state) {}

  /**
   * What a stored item shows on its own. Formats are known by their usual attribute names; see
   * {@link #of(Map, TableEncryption)} for others.
   */
  public static ItemInspection of(Map<String, AttributeValue> item) {
    ReservedNames reserved = ReservedNames.usual();
    boolean isDbe = reserved.formatOf(item).equals(Dbe.NAME);
    return inspect(
        item, entry -> guessState(entry.getValue(), isDbe), reserved, DdbecNames.DEFAULT, null);
  }

  /** The same, with the actions of its table to tell what is encrypted and signed. */
  public static ItemInspection of(Map<String, AttributeValue> item, AttributeActions actions) {
    return inspect(
        item,
        entry -> stateUnder(actions.actionFor(entry.getKey())),
        ReservedNames.usual(),
        DdbecNames.DEFAULT,
        null);
  }

  /**
   * The same, with the actions of its table, its keys as far as they are known, and the names that
   * its formats give their attributes.
   */
  public static ItemInspection of(Map<String, AttributeValue> item, TableEncryption encryption) {
    AttributeActions actions = encryption.protectedActions();
    return inspect(
        item,
        entry -> stateUnder(actions.actionFor(entry.getKey())),
        encryption.reservedNames(),
        encryption.reads().stream()
            .filter(Ddbec.class::isInstance)
            .map(format -> ((Ddbec) format).names())
            .findFirst()
            .orElse(DdbecNames.DEFAULT),
        encryption.reads().stream()
            .filter(Dbe.class::isInstance)
            .map(format -> ((Dbe) format).unsigned())
            .findFirst()
            .orElse(null));
  }

  private static ItemInspection inspect(
      Map<String, AttributeValue> item,
      Function<Map.Entry<String, AttributeValue>, AttributeState> stateOf,
      ReservedNames reservedNames,
      DdbecNames ddbecNames,
      @Nullable DbeUnsigned unsigned) {
    String format = reservedNames.formatOf(item);
    boolean isDbe = format.equals(Dbe.NAME);
    Optional<Map<String, Character>> legend =
        isDbe
            ? DbeDescription.legend(item, Objects.requireNonNullElse(unsigned, DbeUnsigned.NOTHING))
            : Optional.empty();
    List<AttributeInspection> attributes = new ArrayList<>();
    int itemBytes = 0;
    int formatBytes = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      boolean own = reservedNames.contains(entry.getKey());
      AttributeState state =
          own
              ? AttributeState.FORMAT
              : format.equals(Plaintext.NAME)
                  ? AttributeState.READABLE
                  : legend
                      .map(letters -> stateUnder(letters.get(entry.getKey())))
                      .orElseGet(() -> stateOf.apply(entry));
      int bytes = ItemSize.of(entry.getKey(), entry.getValue());
      itemBytes += bytes;
      formatBytes += own ? bytes : 0;
      attributes.add(
          new AttributeInspection(
              entry.getKey(), AttributeTypes.typeOf(entry.getValue()).name(), bytes, state));
    }
    List<String> defects = new ArrayList<>();
    Map<String, String> description = Map.of();
    if (format.equals(Ddbec.NAME)) {
      description = DdbecWireFormat.describe(item, ddbecNames, defects);
    } else if (isDbe) {
      description = DbeDescription.of(item, defects);
      if (defects.isEmpty() && legend.isEmpty() && unsigned != null) {
        defects.add(
            "The legend in the header does not fit the item's signed attributes: one was added or"
                + " removed, or the table's unsigned attributes differ from the writer's.");
      }
    }
    for (AttributeInspection attribute : attributes) {
      if (attribute.state() == AttributeState.ENCRYPTED && !attribute.type().equals("B")) {
        defects.add(
            "Attribute '%s' should be encrypted but is not binary (found %s)."
                .formatted(attribute.name(), attribute.type()));
      }
    }
    return new ItemInspection(format, description, attributes, itemBytes, formatBytes, defects);
  }

  /** What a letter of a legend says; an attribute without one is not signed. */
  private static AttributeState stateUnder(@Nullable Character letter) {
    if (letter == null) {
      return AttributeState.UNPROTECTED;
    }
    return switch (letter) {
      case 'e' -> AttributeState.ENCRYPTED;
      case 'c' -> AttributeState.SIGNED_IN_CONTEXT;
      default -> AttributeState.SIGNED;
    };
  }

  private static AttributeState stateUnder(CryptoAction action) {
    return switch (action) {
      case ENCRYPT_AND_SIGN -> AttributeState.ENCRYPTED;
      case SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT -> AttributeState.SIGNED_IN_CONTEXT;
      case SIGN_ONLY -> AttributeState.SIGNED;
      case DO_NOTHING -> AttributeState.UNPROTECTED;
    };
  }

  private static AttributeState guessState(AttributeValue value, boolean isDbe) {
    if (!AttributeTypes.isBinary(value)) {
      return AttributeState.READABLE;
    }
    int length = value.b().asByteArrayUnsafe().length;
    boolean couldBe =
        isDbe
            ? DbeDescription.couldBeCiphertext(length)
            : DdbecWireFormat.couldBeCiphertext(length);
    return couldBe ? AttributeState.POSSIBLY_ENCRYPTED : AttributeState.READABLE;
  }
}
