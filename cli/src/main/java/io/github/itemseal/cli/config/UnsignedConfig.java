package io.github.itemseal.cli.config;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields {@code unsignedAttributes} and {@code unsignedPrefix}: how readers of DBE items know
 * what is not signed. DDBEC goes by the actions.
 *
 * @param list where the first field is, if it is
 * @param attributes its names, and where each stands
 * @param prefix where the second field is, if it is
 */
record UnsignedConfig(
    Optional<ConfigNode> list, Map<String, ConfigNode> attributes, Optional<ConfigNode> prefix) {
  static final String ATTRIBUTES = "unsignedAttributes";
  static final String PREFIX = "unsignedPrefix";

  static UnsignedConfig from(ConfigNode.Fields fields) {
    Optional<ConfigNode> list = fields.optional(ATTRIBUTES);
    Map<String, ConfigNode> attributes = new LinkedHashMap<>();
    for (ConfigNode place : list.map(ConfigNode::elements).orElse(List.of())) {
      String name = ActionsConfig.requireUnreserved(place, place.text());
      if (attributes.put(name, place) != null) {
        throw place.error("names an attribute twice", "name each attribute once");
      }
    }
    Optional<ConfigNode> prefix = fields.optional(PREFIX);
    prefix.ifPresent(ConfigNode::text);
    return new UnsignedConfig(list, attributes, prefix);
  }

  /** Refuses both fields, in a table without DBE items. */
  void requireNone() {
    Stream.of(list, prefix)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            place -> {
              throw place.error(
                  "is for dbe, which this table neither writes nor reads",
                  "for ddbec, give unsigned attributes the action DO_NOTHING");
            });
  }

  /** Refuses keys of the table in these fields. */
  void requireNoneOf(Set<String> keyNames) {
    for (String name : keyNames) {
      placeOf(name)
          .ifPresent(
              place -> {
                throw place.error(
                    "leaves a key of the table unsigned", "keys are always signed in dbe items");
              });
    }
  }

  /** Refuses an action of an attribute that these fields contradict. */
  void requireAgreement(String attribute, CryptoAction action, ConfigNode actionPlace) {
    boolean unsigned = placeOf(attribute).isPresent();
    if (unsigned && action.signs()) {
      throw actionPlace.error(
          "is signed, but unsignedAttributes or unsignedPrefix say otherwise",
          "readers of dbe items go by those two alone");
    }
    if (!unsigned && !action.signs()) {
      throw actionPlace.error(
          "is DO_NOTHING, but neither in unsignedAttributes nor under unsignedPrefix",
          "readers of dbe items go by those two alone: add it there");
    }
  }

  /** The field that says that an attribute is not signed. */
  private Optional<ConfigNode> placeOf(String attribute) {
    return Optional.ofNullable(attributes.get(attribute))
        .or(() -> prefix.filter(place -> attribute.startsWith(place.text())));
  }

  Dbe applyTo(Dbe format) {
    Dbe changed = format.unsignedAttributes(attributes.keySet().toArray(String[]::new));
    return prefix.map(place -> changed.unsignedPrefix(place.text())).orElse(changed);
  }
}
