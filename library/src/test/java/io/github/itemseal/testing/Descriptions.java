package io.github.itemseal.testing;

import io.github.itemseal.Ddbec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The material description of stored DDBEC items, taken apart and put together as an attacker or
 * another client would: by no code of the library.
 */
public final class Descriptions {
  private Descriptions() {}

  /** The entries, in the order they are stored in. */
  public static Map<String, String> of(Map<String, AttributeValue> stored) {
    byte[] bytes = stored.get(Ddbec.DESCRIPTION_ATTRIBUTE).b().asByteArray();
    Map<String, String> entries = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readInt();
      while (in.available() > 0) {
        entries.put(readText(in), readText(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** The item with one entry of its description set. */
  public static Map<String, AttributeValue> with(
      Map<String, AttributeValue> stored, String name, String text) {
    Map<String, String> entries = of(stored);
    entries.put(name, text);
    return replaced(stored, entries);
  }

  /** The item with one entry of its description gone. */
  public static Map<String, AttributeValue> without(
      Map<String, AttributeValue> stored, String name) {
    Map<String, String> entries = of(stored);
    if (entries.remove(name) == null) {
      throw new IllegalArgumentException("There is no entry " + name);
    }
    return replaced(stored, entries);
  }

  /** The item with another description. */
  public static Map<String, AttributeValue> replaced(
      Map<String, AttributeValue> stored, Map<String, String> entries) {
    return replaced(stored, bytes(entries));
  }

  /** The item with these bytes as its description. */
  public static Map<String, AttributeValue> replaced(
      Map<String, AttributeValue> stored, byte[] description) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(stored);
    changed.put(
        Ddbec.DESCRIPTION_ATTRIBUTE, AttributeValue.fromB(SdkBytes.fromByteArray(description)));
    return changed;
  }

  /** The stored form of a description, entries in the given order. */
  public static byte[] bytes(Map<String, String> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        writeText(out, entry.getKey());
        writeText(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
