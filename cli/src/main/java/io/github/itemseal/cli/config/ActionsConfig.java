package io.github.itemseal.cli.config;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableIndex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields {@code defaultAction}, {@code attributeActions}, {@code unsignedAttributes} and {@code
 * unsignedPrefix} of a table. The library refuses what cannot be; asking first gives refusals a
 * path.
 */
record ActionsConfig(AttributeActions actions, UnsignedConfig unsigned) {
  static final String DEFAULT_ACTION = "defaultAction";
  static final String ATTRIBUTE_ACTIONS = "attributeActions";

  private static final String ACTIONS =
      "DO_NOTHING, SIGN_ONLY, ENCRYPT_AND_SIGN, SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT";
  private static final String CONTEXT_PREFIX = "aws-crypto-"; // docs/formats/dbe.md, "Names"

  /**
   * @param holdsContext whether items may include attributes in their encryption context
   */
  static ActionsConfig from(ConfigNode.Fields fields, TableIndex keyNames, boolean holdsContext) {
    CryptoAction defaultAction =
        fields
            .optional(DEFAULT_ACTION)
            .map(place -> action(place, holdsContext))
            .orElse(CryptoAction.ENCRYPT_AND_SIGN);
    Map<String, CryptoAction> exceptions = new LinkedHashMap<>();
    places(fields)
        .forEach(
            (attribute, place) -> {
              CryptoAction action = action(place, holdsContext);
              if (action.encrypts() && keyNames.attributes().contains(attribute)) {
                throw place.error(
                    "a key of the table cannot be encrypted", "give it SIGN_ONLY, or leave it out");
              }
              exceptions.put(requireUnreserved(place, attribute), action);
            });
    return new ActionsConfig(
        AttributeActions.withDefault(defaultAction).withAll(exceptions),
        UnsignedConfig.from(fields));
  }

  private static Map<String, ConfigNode> places(ConfigNode.Fields fields) {
    return fields.optional(ATTRIBUTE_ACTIONS).map(ConfigNode::entries).orElse(Map.of());
  }

  private static CryptoAction action(ConfigNode place, boolean holdsContext) {
    CryptoAction action =
        place.choice(
            word ->
                Arrays.stream(CryptoAction.values()).filter(a -> a.name().equals(word)).findFirst(),
            ACTIONS);
    if (action == CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT && !holdsContext) {
      throw place.error(
          "only dbe items can hold SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT", "use SIGN_ONLY");
    }
    return action;
  }

  /** The library knows the reserved names; asking it here gives its refusal a path. */
  static String requireUnreserved(ConfigNode place, String attribute) {
    try {
      var unused = AttributeActions.encryptAndSign().with(attribute, CryptoAction.SIGN_ONLY);
      return attribute;
    } catch (IllegalArgumentException e) {
      throw place.error("the name is reserved for the stored formats", "choose another name");
    }
  }

  /** What DBE items cannot be written with. */
  void requireWritableInDbe(ConfigNode.Fields fields, TableIndex keyNames) {
    if (!actions.defaultAction().signs()) {
      throw fields
          .required(DEFAULT_ACTION)
          .error(
              "cannot be DO_NOTHING where dbe is written",
              "readers take every attribute for signed that is not in unsignedAttributes or under"
                  + " unsignedPrefix: name those, and let the default sign");
    }
    unsigned.requireNoneOf(keyNames.attributes());
    CryptoAction keyAction =
        actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
            ? CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT
            : CryptoAction.SIGN_ONLY;
    places(fields)
        .forEach(
            (attribute, place) -> {
              CryptoAction action = actions.actionFor(attribute);
              if (attribute.startsWith(CONTEXT_PREFIX)) {
                throw place.error(
                    "the name is reserved in dbe items", "choose one without " + CONTEXT_PREFIX);
              }
              if (keyNames.attributes().contains(attribute) && action != keyAction) {
                throw place.error(
                    "a key of this table needs %s in dbe items".formatted(keyAction),
                    "leave it out: keys get the right action by themselves");
              }
              unsigned.requireAgreement(attribute, action, place);
            });
  }
}
