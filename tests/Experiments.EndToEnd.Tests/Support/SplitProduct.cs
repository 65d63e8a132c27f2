using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>The three programs as separate processes over one snapshot store: control, decide and a gateway in front.</summary>
internal sealed class SplitProduct : IAsyncDisposable
{
    private SplitProduct(ProductProcess control, ProductProcess decide, ProductProcess gateway)
    {
        Control = control;
        Decide = decide;
        Gateway = gateway;
    }

    public ProductProcess Control { get; }

    public ProductProcess Decide { get; }

    public ProductProcess Gateway { get; }

    /// <summary>Through the gateway.</summary>
    public ControlApi Api => new(Gateway.Http);

    public static async Task<SplitProduct> StartAsync(
        (string Key, string Value)[] store, ITestOutputHelper? log = null, ProductProgram decideProgram = ProductProgram.Decide)
    {
        ProductProcess control = await ProductProcess.StartAsync(ProductProgram.Server, [("Roles", "control"), .. store], log);
        ProductProcess decide = await ProductProcess.StartAsync(decideProgram, [("PollInterval", "00:00:00.1"), .. store], log);
        ProductProcess gateway = await ProductProcess.StartAsync(
            ProductProgram.Server,
            [
                ("Roles", "gateway"),
                ("Gateway:ControlUrl", control.Url),
                ("Gateway:DecideUrl", decide.Url),
                ("RateLimit:Enabled", "false"),
            ],
            log);
        return new SplitProduct(control, decide, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Decide.DisposeAsync();
        await Control.DisposeAsync();
    }
}
