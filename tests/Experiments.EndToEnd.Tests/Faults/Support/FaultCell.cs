using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>One cell of the matrix: an environment, callers that decide in it, and people who edit its experiments, through the gateway.</summary>
internal sealed class FaultCell : IAsyncDisposable
{
    private const string Recovery = "recovery";
    private const int Editors = 4;
    private const int EditedBorders = 9_000;
    private const int BorderStep = 370;

    // All but one bucket, which not all of the witnesses are in.
    private const int AllControl = 9_999;
    private const int AllTreatment = 1;

    private static readonly string[] s_witnesses = ["user-1", "user-2", "user-3"];
    private static readonly TimeSpan EditPace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(3);

    private readonly FaultProduct _product;
    private readonly string _environment;
    private readonly string _environmentId;
    private readonly HttpClient _http;
    private readonly EditedExperiment _recovery;
    private readonly CancellationTokenSource _stopEditing = new();
    private readonly Task[] _editors;

    private FaultCell(
        FaultProduct product, string environment, string environmentId, HttpClient http, EditedExperiment recovery, IEnumerable<EditedExperiment> edited)
    {
        _product = product;
        _environment = environment;
        _environmentId = environmentId;
        _http = http;
        _recovery = recovery;
        Load = new DecideLoad(http, environment);
        _editors = [.. edited.Select((experiment, editor) => Task.Run(() => EditAsync(experiment, editor)))];
    }

    public DecideLoad Load { get; }

    public MutationLedger Ledger { get; } = new();

    private ControlApi Control => new(_product.Control.Http);

    /// <summary>With load on it, and everything well.</summary>
    public static async Task<FaultCell> StartAsync(FaultProduct product, string environment)
    {
        ControlApi api = new(product.Gateway.Http);
        string id = await api.CreateEnvironmentAsync(environment);

        // The gateway gives up after 30 s: its answer is to be seen, not a time limit of this client's.
        HttpClient http = new() { BaseAddress = new Uri(product.Gateway.Url), Timeout = TimeSpan.FromMinutes(2) };
        EditedExperiment[] experiments = await Task.WhenAll(Enumerable.Range(0, Editors + 1).Select(number =>
            EditedExperiment.CreateAsync(api, http, id, number == 0 ? Recovery : $"edited-{number}")));
        await WaitForNodesAsync(
            product, environment, answer => experiments.All(experiment => answer.Contains($"{experiment.Key}=", StringComparison.Ordinal)));
        FaultCell cell = new(product, environment, id, http, experiments[0], experiments[1..]);
        Assert.True(await experiments[0].EditAsync(http, cell.Ledger, AllControl), cell.Ledger.Failures);
        await Eventually.HoldsAsync(() => cell.Load.Latencies.Count > 0 && cell.Ledger.Acknowledged > Editors, "load");
        return cell;
    }

    /// <summary>A change that is made now is stored, published and known to both nodes, without anybody's help.</summary>
    public async Task RecoverAsync()
    {
        await Eventually.HoldsAsync(_ => _recovery.EditAsync(_http, Ledger, AllTreatment), "a mutation that is acknowledged", RecoveryLimit, () => Ledger.Failures);
        await WaitForNodesAsync(_product, _environment, static answer => answer.Contains($"{Recovery}=treatment", StringComparison.Ordinal));
    }

    public async Task StopAsync()
    {
        await _stopEditing.CancelAsync();
        await Task.WhenAll(_editors);
        await Load.StopAsync();
    }

    public Task<IReadOnlyList<string>> FindWrongAsync() => Load.FindWrongAsync(new PublishedAnswers(Control, _environmentId, _environment));

    public Task<IReadOnlyList<Mutation>> FindLostAsync() => Ledger.FindLostAsync(Control, _environmentId);

    /// <summary>What is stored is what the mutations say, and those that failed said so clearly.</summary>
    public async Task CheckMutationsAsync()
    {
        await Ledger.CheckAsync(Control, _environmentId);

        // The gateway answers whatever happens behind it, and says who is to blame; a late mutation finds that its experiment has moved on.
        Assert.DoesNotContain(Ledger.Mutations, static one => one.Outcome != MutationOutcome.Acknowledged && one.Answer is not ("412" or "502" or "503" or "504"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Load.Dispose();
        _stopEditing.Dispose();
        _http.Dispose();
    }

    private async Task EditAsync(EditedExperiment experiment, int editor)
    {
        using var timer = new PeriodicTimer(EditPace);
        for (int edit = editor; !_stopEditing.IsCancellationRequested; edit++)
        {
            await experiment.EditAsync(_http, Ledger, 1 + ((edit * BorderStep) % EditedBorders));
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task WaitForNodesAsync(FaultProduct product, string environment, Func<string, bool> wanted)
    {
        foreach (ProductProcess node in product.Decides)
        {
            ControlApi api = new(node.Http);
            await Eventually.ReadAsync(
                async _ => string.Join("; ", await Task.WhenAll(s_witnesses.Select(async user =>
                    await api.DecideAsync(environment, user) is JsonElement answer ? PublishedAnswers.TextOf(answer) : "nothing yet"))),
                wanted,
                $"what was published in the node at {node.Url}",
                RecoveryLimit);
        }
    }
}
