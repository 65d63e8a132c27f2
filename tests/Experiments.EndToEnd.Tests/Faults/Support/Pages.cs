using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Lists of the control API as a whole. Nothing may change meanwhile.</summary>
internal static class Pages
{
    /// <param name="path">With a query.</param>
    public static async Task<IReadOnlyList<JsonElement>> ReadAllAsync(ControlApi api, string path)
    {
        List<JsonElement> all = [];
        string next = path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        for (int page = 1; ; page++)
        {
            JsonElement answer = await api.GetAsync($"{next}page={page}&pageSize=100");
            all.AddRange(answer.GetProperty("data").EnumerateArray());
            if (page >= answer.GetProperty("pagination").GetProperty("totalPages").GetInt32())
            {
                return all;
            }
        }
    }
}
