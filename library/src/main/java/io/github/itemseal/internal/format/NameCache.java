package io.github.itemseal.internal.format;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a format knows of attribute names. It is filled from items that have been verified, up to a
 * number of names and of their characters; what is kept stays. Thread-safe.
 *
 * @param <A> what is known of a name; immutable
 */
public final class NameCache<A> {
  /** Items, even verified ones, can hold any number of others. */
  private static final int MAX_NAMES = 1_024;

  private static final int MAX_CHARACTERS = 65_536;

  private final Map<String, A> kept = new ConcurrentHashMap<>();
  private final AtomicInteger characters = new AtomicInteger();

  /** What is known of a name; null if it is not kept. */
  public @Nullable A get(String name) {
    return kept.get(name);
  }

  /** Keeps what is known of a name, as long as there is room. */
  public void keep(String name, A known) {
    if (kept.size() >= MAX_NAMES || kept.containsKey(name)) {
      return;
    }
    if (characters.addAndGet(name.length()) > MAX_CHARACTERS
        || kept.putIfAbsent(name, known) != null) {
      characters.addAndGet(-name.length());
    }
  }

  /** Characters of all names that are kept. */
  int keptCharacters() {
    return kept.keySet().stream().mapToInt(String::length).sum();
  }
}
