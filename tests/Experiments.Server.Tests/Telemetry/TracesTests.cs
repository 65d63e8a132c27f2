using System.Collections.Concurrent;
using System.Diagnostics;
using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Server.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace Experiments.Server.Tests.Telemetry;

public sealed class TracesTests
{
    [Fact]
    public async Task Traces_OfARequest_HaveItsPathAndItsCallersTraceAndNothingOfItsQuery()
    {
        // Other tests are traced too while this one runs.
        string path = $"/traced-{Guid.NewGuid():N}";
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        WebApplicationBuilder builder = WebApplication.CreateBuilder([$"--urls=http://127.0.0.1:{FreePort.Next()}"]);

        // Nothing listens there: what cannot be sent is dropped.
        builder.AddTelemetry(new TelemetrySettings { OtlpUrl = new Uri($"http://127.0.0.1:{FreePort.Next()}"), HasMetrics = false });
        await using WebApplication app = builder.Build();
        app.MapGet(path, static () => "ok");
        await app.StartAsync();

        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        await http.GetStringAsync(new Uri($"{path}?user_key=secret-user-key&env=prod", UriKind.Relative));
        Activity activity = (await Eventually.ReadAsync(
            _ => Task.FromResult(ended.FirstOrDefault(one => Equals(one.GetTagItem("url.path"), path))),
            static activity => activity is not null,
            "the request is traced"))!;

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", activity.TraceId.ToHexString());
        Assert.All(activity.TagObjects, static tag => Assert.DoesNotContain("secret", $"{tag.Value}", StringComparison.Ordinal));
        Assert.Null(activity.GetTagItem("url.query"));
        Assert.DoesNotContain("secret", activity.DisplayName, StringComparison.Ordinal);
    }
}
