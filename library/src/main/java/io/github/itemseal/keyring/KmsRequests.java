package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.listener.Notices;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;

/** What every request of a KMS keyring carries, and who is told of it. Thread-safe. */
final class KmsRequests {
  /** What listeners are told to have been asked. */
  private static final String SOURCE = "AWS KMS";

  private final List<String> grantTokens;
  private final AwsRequestOverrideConfiguration userAgent;
  private final Notices notices;

  KmsRequests(
      List<String> grantTokens,
      @Nullable String userAgentSuffix,
      @Nullable ItemsealListener listener) {
    this.grantTokens = grantTokens;
    AwsRequestOverrideConfiguration.Builder agent =
        AwsRequestOverrideConfiguration.builder()
            .addApiName(ApiName.builder().name("itemseal").version("dbe").build());
    if (userAgentSuffix != null) {
      agent.addApiName(ApiName.builder().name(userAgentSuffix).version("-").build());
    }
    this.userAgent = agent.build();
    this.notices = new Notices(listener);
  }

  List<String> grantTokens() {
    return grantTokens;
  }

  AwsRequestOverrideConfiguration userAgent() {
    return userAgent;
  }

  /** Asks KMS, and tells of it. */
  <R> Step<R> ask(KeyUse use, Call<R> request) {
    return notices.fetching(SOURCE, use, Step.ask(request));
  }
}
