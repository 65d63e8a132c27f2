using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>The audit log, which is written in the transaction of the change: what is in it was made, what is not was not.</summary>
internal static class AuditTrail
{
    /// <summary>The changes of an environment that carry a reason, in the order in which they were made.</summary>
    public static async Task<IReadOnlyList<(string Reason, string Key)>> ReadAsync(ControlApi api, string environmentId)
    {
        List<(string, string)> entries = [];
        foreach (JsonElement entry in (await Pages.ReadAllAsync(api, $"/audit?environmentId={environmentId}")).Reverse())
        {
            // A publish carries the reason of the change that it was made for.
            bool isPublish = entry.GetProperty("action").GetString()!.Equals("publish", StringComparison.OrdinalIgnoreCase);
            if (!isPublish && entry.GetProperty("reason").GetString() is { } reason)
            {
                entries.Add((reason, entry.GetProperty("resourceKey").GetString()!));
            }
        }

        return entries;
    }
}
