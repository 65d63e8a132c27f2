using System.Globalization;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Decide.Endpoints.Lifetime;

namespace Experiments.Server.Startup;

/// <summary>Which publishes have failed and wait to be tried again, or why none can succeed. Control is ready all the same: changes are stored, and published
/// later.</summary>
internal sealed class PublishCheck(SnapshotPublisher publisher, SnapshotStoreWatch snapshots, IDefinitionStore definitions) : IReadinessCheck
{
    // A store that is down fails all of them for the same reason.
    private const int MaxNamed = 5;

    public string Name => "publish";

    public bool IsRemark => true;

    public async Task<string?> FindReasonAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<Guid, PublishFailure>[] failures = [.. publisher.Failures.OrderBy(static failure => failure.Value.Since)];
        if (failures.Length == 0)
        {
            return snapshots.Problem;
        }

        List<string> reasons = await definitions.ReadAsync(
            async reader =>
            {
                var named = new List<string>();
                foreach ((Guid id, PublishFailure failure) in failures.Take(MaxNamed))
                {
                    string name = (await reader.FindEnvironmentAsync(id))?.Name ?? id.ToString();
                    string since = failure.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                    named.Add($"{name}: {failure.Error.TrimEnd('.')}, since {since}");
                }

                return named;
            },
            cancellationToken);
        return string.Join("; ", reasons) + (failures.Length > MaxNamed ? $"; and {failures.Length - MaxNamed} more" : "");
    }
}
