using Experiments.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

if (args is not [string snapshots, string key, string user, .. string[] pairs])
{
    await Console.Error.WriteLineAsync("usage: NativeAot <snapshot directory> <flag or experiment> <user key> [attribute=value ...]");
    return 2;
}

// The empty builder reads no files and no environment: nothing between the start and the first decision but the snapshot.
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// In production this would be FromS3("my-bucket") or FromUrl("https://experiments.example.com").
builder.Services.AddExperiments("prod").FromDirectory(snapshots);

using IHost host = builder.Build();
await host.StartAsync();
IFeatureDecider features = host.Services.GetRequiredService<IFeatureDecider>();

// A program that decides once and ends waits for its snapshot; one that runs on need not.
using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
try
{
    await features.WaitUntilReadyAsync(limit.Token);
}
catch (OperationCanceledException)
{
    // Nothing is published there. Deciding still answers, with the reason NotReady.
}

var context = new DecisionContext();
foreach (string[] pair in pairs.Select(pair => pair.Split('=', 2)))
{
    context.Set(pair[0], pair.Length > 1 ? pair[1] : null);
}

Decision decision = features.Decide(key, user, context);
Console.WriteLine($"{decision.VariantKey ?? "no variant"} {decision.Payload} ({decision.ReasonText}, version {decision.SnapshotVersion})");
await host.StopAsync();
return decision.IsAssigned ? 0 : 1;
