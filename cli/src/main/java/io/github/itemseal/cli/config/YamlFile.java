package io.github.itemseal.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One YAML document as maps, lists and scalars, within limits. The parser's own messages quote the
 * file, keys and all, so only their positions are passed on.
 */
final class YamlFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ALIASES = 50;

  private static final Pattern TAB_INDENTATION = Pattern.compile("^[ \\t]+", Pattern.MULTILINE);

  private YamlFile() {}

  static @Nullable Object read(Path file) {
    String yaml = withoutTabIndentation(text(file));
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      requireShallow(new Parse(settings).parseString(yaml));
      return new Load(settings).loadFromString(yaml);
    } catch (DuplicateKeyException e) {
      throw error("a name appears twice" + position(e), "names in one mapping must differ");
    } catch (MarkedYamlEngineException e) {
      throw error("is not valid YAML" + position(e), "check quotes, colons and indentation there");
    } catch (YamlEngineException e) {
      throw error(
          "is not valid YAML, or more than a configuration needs",
          "at most %s aliases, and no tags such as !!binary".formatted(MAX_ALIASES));
    }
  }

  private static String text(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw error("there is no such file", "check the path");
    } catch (IOException e) {
      throw error("the file cannot be read", "check that it is a file and its permissions");
    }
    if (bytes.length > MAX_BYTES) {
      throw error("is larger than 4 MiB", "is this the configuration?");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw error("is not UTF-8 text", "is this the configuration?");
    }
  }

  /**
   * JSON may be indented with tabs, which the YAML parser does not take everywhere. Inside braces
   * indentation means nothing, not even in a text that goes over several lines.
   */
  private static String withoutTabIndentation(String yaml) {
    return yaml.stripLeading().startsWith("{")
        ? TAB_INDENTATION.matcher(yaml).replaceAll(tabs -> " ".repeat(tabs.group().length()))
        : yaml;
  }

  /** The loader recurses; its parser does not. */
  private static void requireShallow(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw error(
            "is nested deeper than %s levels".formatted(MAX_DEPTH), "is this the configuration?");
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static String position(MarkedYamlEngineException e) {
    return e.getProblemMark().or(e::getContextMark).map(YamlFile::position).orElse("");
  }

  private static String position(Mark mark) {
    return " (line %s, column %s)".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static ConfigException error(String problem, String hint) {
    return new ConfigException("--config", problem, hint);
  }
}
