using System.Security.Cryptography;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

/// <summary>kill -9 of the control process at random moments of publishing.</summary>
public sealed class KillTests(ITestOutputHelper log)
{
    private const int Seed = 20261124;
    private const string Environment = "prod";

    [Fact]
    public async Task Control_KilledWhilePublishing_NothingTornNothingTwiceNothingLost()
    {
        using var store = new TempDirectory();
        await using ProductProcess control = await ProductProcess.StartAsync(
            ProductProgram.Server, [("Roles", "control"), .. StoreSettings.InDirectory(store.Path)], log);
        var api = new ControlApi(control.Http);
        string experimentId = await api.CreateRunningExperimentAsync(await api.CreateEnvironmentAsync(Environment), "exp");
        JsonElement[] variants = [.. (await api.GetAsync($"/experiments/{experimentId}")).GetProperty("variants").EnumerateArray()];
        string control0 = ControlApi.IdOf(variants[0]);
        string treatment = ControlApi.IdOf(variants[1]);
        var random = new Random(Seed);
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        int kills = LongRun.Count(5, 50);
        for (int kill = 0; kill < kills; kill++)
        {
            Task<Acknowledged> edits = EditUntilKilledAsync(api, experimentId, control0, treatment, kill);
            await WaitAsync(TimeSpan.FromMilliseconds(random.Next(20, 400)));
            await control.KillAsync();
            Acknowledged acknowledged = await edits;
            CheckStore(store, seen);
            await control.StartAsync();
            await Eventually.PassesAsync(
                async () =>
                {
                    int stored = BorderOf(await api.GetAsync($"/experiments/{experimentId}"));
                    Assert.True(
                        stored >= acknowledged.LastBorder, $"acknowledged {acknowledged.LastBorder}, but {stored} is stored");
                    Assert.Equal(stored, PublishedBorder(store));
                },
                $"what was saved before kill {kill} in the store");
            CheckStore(store, seen);
        }

        log.WriteLine($"{kills} kills, {seen.Count} versions");
    }

    /// <summary>Raises the border by one bucket with every edit, so that an older state can be told from a newer one.</summary>
    private static async Task<Acknowledged> EditUntilKilledAsync(
        ControlApi api, string experimentId, string first, string second, int round)
    {
        int border = 1 + (round * 150);
        int last = 0;
        try
        {
            while (true)
            {
                await api.PutAsync($"/experiments/{experimentId}/allocations", ControlApi.AllocationsOf(first, second, ++border));
                last = border;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Acknowledged(last);
        }
    }

    /// <summary>Whatever moment it was: the pointer names a whole snapshot with the right checksum, and no version ever changed.</summary>
    private static void CheckStore(TempDirectory store, Dictionary<string, string> seen)
    {
        string folder = store.PathOf(SnapshotKeys.Folder(Environment));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "snapshots"), "*.json"))
        {
            byte[] content = File.ReadAllBytes(file);
            string name = Path.GetFileNameWithoutExtension(file);
            if (name == "latest")
            {
                Assert.Equal(JsonValueKind.Object, JsonElement.Parse(content).ValueKind);
                continue;
            }

            string sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            Assert.Empty(SnapshotReader.Read(content, Environment, long.Parse(name)).Faults);
            Assert.True(seen.TryAdd(name, sha256) || seen[name] == sha256, $"version {name} changed its content");
        }

        JsonElement pointer = JsonElement.Parse(File.ReadAllBytes(store.PathOf(SnapshotKeys.Pointer(Environment))));
        Assert.Equal(seen[pointer.GetProperty("version").GetInt64().ToString()], pointer.GetProperty("sha256").GetString());
    }

    private static int PublishedBorder(TempDirectory store)
    {
        JsonElement pointer = JsonElement.Parse(File.ReadAllBytes(store.PathOf(SnapshotKeys.Pointer(Environment))));
        byte[] snapshot = File.ReadAllBytes(store.PathOf(SnapshotKeys.Snapshot(Environment, pointer.GetProperty("version").GetInt64())));
        return BorderOf(JsonElement.Parse(snapshot).GetProperty("experiments")[0]);
    }

    private static int BorderOf(JsonElement experiment) => experiment.GetProperty("allocations")[1].GetProperty("rangeStart").GetInt32();

    private static async Task WaitAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private sealed record Acknowledged(int LastBorder);
}
