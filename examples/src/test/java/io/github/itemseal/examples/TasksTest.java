package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The examples of one task each: what they print is what happened. */
class TasksTest {
  private static List<String> linesOf(Consumer<PrintStream> example) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    example.accept(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  @Test
  void safeUpdates_loseNothingAndMoveAllOrNothing() {
    assertThat(linesOf(SafeUpdates::run))
        .containsExactly(
            "ann, after 4 x 10: 540",
            "ann and bob, moved 140: [400, 140]",
            "ann, refused: the balance would be -600",
            "ann, still: 400");
  }

  @Test
  void counting_tellsWhatIsLeftOfAMigrationAndWhatKeysCost() {
    assertThat(linesOf(Counting::run))
        .contains(
            "itemseal.items.sealed {format=DBE} 3",
            "itemseal.items.opened {format=DBE} 3",
            "itemseal.items.opened {format=DDBEC} 1",
            "itemseal.items.opened {format=plaintext} 1",
            "itemseal.items.plaintext.reads {} 1",
            "itemseal.items.old.format.reads {} 2",
            "itemseal.items.failed {operation=decrypt, reason=not_authentic} 1",
            "itemseal.keys.fetches {outcome=success, source=BranchKeyStore, use=encrypt} 1",
            "itemseal.keys.fetches {outcome=success, source=BranchKeyStore, use=decrypt} 1",
            "itemseal.keys.reuses {source=BranchKeyStore, use=encrypt} 2",
            "itemseal.keys.reuses {source=BranchKeyStore, use=decrypt} 2");
  }

  @Test
  void streams_showPlainItemsBeforeAndAfter() {
    String unpaid = "card=4000 0000 0000 0002, id=o-1, state=new";
    String paid = "card=4000 0000 0000 0002, id=o-1, state=paid";
    assertThat(linesOf(Streams::run))
        .containsExactly(
            "INSERT",
            "after " + unpaid,
            "MODIFY",
            "before " + unpaid,
            "after " + paid,
            "REMOVE",
            "before " + paid);
  }
}
