using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests.Variants;

/// <summary>Variants, their configuration, and what is built on them.</summary>
public sealed class VariantTests
{
    [Fact]
    public async Task GetVariantAsync_NestedPayload_BindsToAClass()
    {
        Variant variant = await VariantOf("""
            {"size":42,"ratio":0.25,"name":"big","on":true,"colors":["red","green"],"header":{"text":"Hi","font":{"name":"Sans"}},"none":null}
            """);
        Assert.Equal("v", variant.Name);
        Layout layout = variant.Configuration.Get<Layout>()!;
        Assert.Equal((42, 0.25, "big", true), (layout.Size, layout.Ratio, layout.Name, layout.On));
        Assert.Equal(["red", "green"], layout.Colors);
        Assert.Equal(("Hi", "Sans"), (layout.Header?.Text, layout.Header?.Font?.Name));
        Assert.Equal("Sans", variant.Configuration["Header:Font:Name"]);
        Assert.Null(variant.Configuration["none"]);
    }

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("9.99", "9.99")]
    [InlineData("1e3", "1e3")]
    [InlineData("true", "True")]
    [InlineData("[]", "")]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public async Task GetVariantAsync_PlainPayload_IsTheSectionsValue(string payload, string? expected)
    {
        Variant variant = await VariantOf(payload);
        Assert.Equal(expected, variant.Configuration.Value);
        Assert.Empty(variant.Configuration.GetChildren());
    }

    [Fact]
    public async Task GetVariantAsync_PlainPayload_IsReadByGet()
    {
        Assert.Equal(9.99, (await VariantOf("9.99")).Configuration.Get<double>());
        Assert.True((await VariantOf("true")).Configuration.Get<bool>());
        List<int>? sizes = (await VariantOf("[1,2,3]")).Configuration.Get<List<int>>();
        Assert.Equal([1, 2, 3], sizes!);
    }

    [Fact]
    public async Task GetVariantAsync_TwoCalls_GetAVariantEachAndShareAReadOnlyConfiguration()
    {
        await using App app = await StartAsync("""{"a":1}""");
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Variant first = await features.GetVariantAsync("f");
        Variant second = await features.GetVariantAsync("f");
        Assert.NotSame(first, second);
        Assert.Same(first.Configuration, second.Configuration);
        Assert.Throws<NotSupportedException>(() => first.Configuration["a"] = "2");
        Assert.Equal("1", second.Configuration["a"]);
    }

    [Fact]
    public async Task GetVariantAsync_NamesThatDifferInCaseOrAreNoText_DoNotThrow()
    {
        IConfigurationSection configuration = (await VariantOf("""{"a":1,"A":2,"\ud800":"x\udc00","b:c":{"d":[]}}""")).Configuration;
        Assert.Equal("2", configuration["a"]);
        Assert.Equal("""x\udc00""", configuration["""\ud800"""]);
        Assert.Equal("", configuration["b:c:d"]);
    }

    [Fact]
    public async Task GetVariantAsync_UserInNoVariant_IsNull()
    {
        await using App app = await App.StartAsync(
            services => services.AddExperimentsFeatureManagement(),
            [Snapshots.Serving("f", "v", "1", Snapshots.Rule("userId", "\"alice\""))]);
        IVariantFeatureManager features = app.Services.GetRequiredService<IVariantFeatureManager>();
        Assert.Null(await features.GetVariantAsync("f"));
        Assert.Equal("v", (await features.GetVariantAsync("f", new TargetingContext { UserId = "alice" })).Name);
    }

    [Fact]
    public async Task VariantService_ImplementationPerVariant_IsTheOneOfTheUsersVariant()
    {
        await using App app = await App.StartAsync(
            services =>
            {
                services.AddSingleton<IAlgorithm, AlgorithmA>().AddSingleton<IAlgorithm, AlgorithmB>();
                services.AddSingleton<ITargetingContextAccessor>(new FixedTargeting("user-1"));
                services.AddExperimentsFeatureManagement();
                services.AddFeatureManagement().WithVariantService<IAlgorithm>("split");
            },
            [Snapshots.Split("split")]);
        IAlgorithm algorithm = await app.Services.GetRequiredService<IVariantServiceProvider<IAlgorithm>>().GetServiceAsync(CancellationToken.None);
        Assert.Equal(app.Decider.Decide("split", "user-1").VariantKey, algorithm.Variant);
    }

    [Fact]
    public async Task FeatureTagHelper_OnAPage_ShowsWhatTheUsersVariantAndFlagsSay()
    {
        await using App app = await App.StartAsync(
            services =>
            {
                services.AddFeatureManagement().WithTargeting<HeaderTargeting>();
                services.AddExperimentsFeatureManagement();
            },
            [Snapshots.Split("split"), Snapshots.On("beta", Snapshots.Rule("userId", "\"user-1\""))]);
        foreach (string user in new[] { "user-1", "user-2", "user-3", "user-4" })
        {
            (int status, string body) = await app.GetAsync("/Tag", user);
            Assert.Equal(200, status);
            Assert.Equal([user == "user-1" ? "shown" : "hidden", $"variant {app.Decider.Decide("split", user).VariantKey}"],
                body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }

    private static Task<App> StartAsync(string payload) =>
        App.StartAsync(services => services.AddExperimentsFeatureManagement(), [Snapshots.Serving("f", "v", payload)]);

    private static async Task<Variant> VariantOf(string payload)
    {
        await using App app = await StartAsync(payload);
        return await app.Services.GetRequiredService<IVariantFeatureManager>().GetVariantAsync("f");
    }

    private interface IAlgorithm
    {
        string Variant { get; }
    }

    [VariantServiceAlias("A")]
    private sealed class AlgorithmA : IAlgorithm
    {
        public string Variant => "A";
    }

    [VariantServiceAlias("B")]
    private sealed class AlgorithmB : IAlgorithm
    {
        public string Variant => "B";
    }

    private sealed class Layout
    {
        public int Size { get; set; }

        public double Ratio { get; set; }

        public string? Name { get; set; }

        public bool On { get; set; }

        public string[] Colors { get; set; } = [];

        public HeaderLayout? Header { get; set; }
    }

    private sealed class HeaderLayout
    {
        public string? Text { get; set; }

        public FontLayout? Font { get; set; }
    }

    private sealed class FontLayout
    {
        public string? Name { get; set; }
    }
}
