package io.github.itemseal.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a key are: in the configuration, a file, or an environment variable. */
final class KeyMaterial {
  private static final int MAX_BYTES = 64 << 10;
  private static final String NOT_BASE64 = "is not standard Base64";

  /** What the places are relative to. */
  record Surroundings(Path directory, Map<String, String> environment) {}

  private enum Source {
    BASE64,
    FILE,
    ENV
  }

  private final ConfigNode place;
  private final Source source;
  private final String text;

  private KeyMaterial(ConfigNode place, Source source, String text) {
    this.place = place;
    this.source = source;
    this.text = text;
  }

  static KeyMaterial from(ConfigNode node) {
    ConfigNode.Fields fields = node.fields("base64", "file", "env");
    if (fields.entries().size() != 1) {
      throw node.error("must have exactly one of base64, file and env", "keep one of them");
    }
    Map.Entry<String, ConfigNode> entry = fields.entries().entrySet().iterator().next();
    Source source = Source.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
    if (source == Source.BASE64) {
      byte[] unused = decode(entry.getValue().text(), entry.getValue(), NOT_BASE64);
    }
    return new KeyMaterial(entry.getValue(), source, entry.getValue().text());
  }

  /** Whether there is such a file that may be read, or such a variable. */
  boolean isThere(Surroundings surroundings) {
    try {
      return switch (source) {
        case BASE64 -> true;
        case FILE -> Files.isReadable(surroundings.directory().resolve(text));
        case ENV -> surroundings.environment().containsKey(text);
      };
    } catch (InvalidPathException e) {
      return true; // whatever is there, it is no key
    }
  }

  byte[] load(Surroundings surroundings) {
    byte[] bytes =
        switch (source) {
          case BASE64 -> decode(text, place, NOT_BASE64);
          case FILE -> read(surroundings.directory());
          case ENV -> {
            @Nullable String value = surroundings.environment().get(text);
            if (value == null) {
              throw place.error(
                  "the environment variable is not set",
                  "set it to the key in Base64 and export it");
            }
            yield decode(value, place, "the environment variable does not hold standard Base64");
          }
        };
    if (bytes.length == 0) {
      throw place.error("the key is empty", "a key has at least one byte");
    }
    return bytes;
  }

  private byte[] read(Path directory) {
    String hint =
        "relative paths start at the configuration file's directory, "
            + directory.toAbsolutePath().normalize();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(directory.resolve(text))) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw place.error("there is no such file", hint);
    } catch (IOException e) {
      throw place.error("the file cannot be read", hint);
    }
    if (bytes.length > MAX_BYTES) {
      throw place.error("the file is larger than 64 KiB", "is this the key?");
    }
    return bytes;
  }

  /** Line ends and spaces are left out: Base64 is often folded. */
  private static byte[] decode(String base64, ConfigNode place, String problem) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw place.error(problem, "the alphabet is A-Z a-z 0-9 + / with = at the end");
    }
  }
}
