using Experiments.Client;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.Dashboard.Session;

/// <summary>Definitions as the SDK decides from them: compiled as the publisher compiles, loaded as an app loads.</summary>
internal sealed class SnapshotLoading(TimeProvider time)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    /// <summary>Through the SDK's front door: a host of its own that starts with the snapshot and finds nothing newer.</summary>
    /// <returns>Not allowed where it cannot be published.</returns>
    public async Task<Result<IFeatureDecider>> LoadAsync(EnvironmentDefinition environment, EnvironmentContent content, long version)
    {
        ReadOnlyMemory<byte> json;
        try
        {
            json = await Task.Run(() => SnapshotCompilation.Compile(environment, content, version, time.GetUtcNow()));
        }
        catch (InvalidDataException fault)
        {
            return new DomainError(DomainErrorCode.NotAllowed, $"This cannot be published: {fault.Message}");
        }

        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddExperiments(environment.Name, options => options.Bootstrap = () => new MemoryStream(json.ToArray()))
            .FromDirectory(Path.Combine(AppContext.BaseDirectory, "no-such-snapshots"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        IHostedService[] hosted = [.. provider.GetServices<IHostedService>()];
        IFeatureDecider decider = provider.GetRequiredService<IFeatureDecider>();
        using var limit = new CancellationTokenSource(s_timeout);
        try
        {
            foreach (IHostedService one in hosted)
            {
                await one.StartAsync(limit.Token);
            }

            await decider.WaitUntilReadyAsync(limit.Token);
            return Result(decider);
        }
        catch (OperationCanceledException)
        {
            return new DomainError(DomainErrorCode.Unavailable, "The snapshot could not be loaded in time.");
        }
        finally
        {
            foreach (IHostedService one in hosted)
            {
                await one.StopAsync(CancellationToken.None);
            }
        }
    }

    // C# knows no implicit conversion from an interface; of a type parameter it does.
    private static Result<IFeatureDecider> Result(IFeatureDecider decider) => Wrap<IFeatureDecider>.Of(decider);

    private static class Wrap<T>
    {
        public static Result<T> Of(T value) => value;
    }
}
