package io.github.itemseal.cli.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The field {@code schema}: whose keys agree with each other. */
enum EcdhSchema {
  /** Two known key pairs; writes and reads. */
  STATIC,
  /** A key pair made for each item, and a known one; only writes. */
  EPHEMERAL,
  /** The key pair that the item names, and a known one; only reads. */
  DISCOVERY;

  static final String FIELD = "schema";
  static final String CHOICES = "static, ephemeral, discovery";

  static Optional<EcdhSchema> named(String word) {
    return Arrays.stream(values()).filter(schema -> schema.word().equals(word)).findFirst();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field with the name of a key, which must be there exactly if the schema uses the key. */
  Optional<ConfigNode> key(ConfigNode.Fields fields, String field, boolean used, NamedKeys keys) {
    if (used) {
      return Optional.of(
          keys.requireName(
              fields.required(field, "the schema %s needs an EC key here".formatted(word()))));
    }
    requireAbsent(fields, field);
    return Optional.empty();
  }

  void requireAbsent(ConfigNode.Fields fields, String field) {
    fields
        .optional(field)
        .ifPresent(
            node -> {
              throw node.error(
                  "is not used by the schema " + word(), "leave it out, or use another schema");
            });
  }

  Optional<ConfigException> cannotWrite(ConfigNode place) {
    return this == DISCOVERY
        ? Optional.of(
            place.error("discovery only decrypts", "encrypt with the schema static or ephemeral"))
        : Optional.empty();
  }

  Optional<ConfigException> cannotRead(ConfigNode place) {
    return this == EPHEMERAL
        ? Optional.of(
            place.error(
                "ephemeral only encrypts", "decrypt with the schema discovery and the private key"))
        : Optional.empty();
  }

  /** What is made of the key of a place; a refusal of the library gets the place's path. */
  static <T> T building(ConfigNode place, Function<ConfigNode, T> making) {
    try {
      return making.apply(place);
    } catch (IllegalArgumentException e) {
      throw place.error("is a key that cannot agree with another", "make a new key pair");
    }
  }
}
