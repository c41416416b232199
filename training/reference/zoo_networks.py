"""The networks of zoo.py: public architectures at their smallest, with random weights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

Made = tuple[nn.Module, tuple[Tensor, ...]]


@dataclass
class Network:
    name: str
    make: Callable[[], Made]
    input_names: list[str] = field(default_factory=list)


def picture(size: int, channels: int = 3) -> Tensor:
    return torch.randn(2, channels, size, size)


# Where a model has one size only, that is taken instead of the small one.
TIMM_64 = """
repvgg_b0 mobileone_s0 convmixer_768_32 convnext_atto convnext_atto_ols
convnext_atto_rms convnextv2_atto cs3darknet_s cspresnet50 densenet121 densenetblur121d dla46_c dla60_res2net dpn48b
edgenext_xx_small efficientnet_b0 efficientnet_b0_gn efficientnet_b0_g16_evos mixnet_s mnasnet_small mobilenetv2_050
spnasnet_100 tinynet_e fbnetc_100 fasternet_t0 fastvit_t8 ghostnet_050 ghostnetv2_100 hardcorenas_a hgnet_tiny
hgnetv2_b0 hrnet_w18_small inception_next_atto inception_resnet_v2 inception_v4 lcnet_035 mobilenetv3_small_050
mambaout_femto test_mambaout caformer_s18 convformer_s18 poolformer_s12 mobilevit_xxs mobilevitv2_050 test_nfnet
nf_regnet_b0 dm_nfnet_f0 nf_resnet50 regnetx_002 regnety_002 regnetz_b16 repghostnet_050 repvit_m1_0 res2net50_26w_4s
resnest14d resnest26d resnet18 resnet18d resnetblur18 seresnet18 resnetrs50 resnext26ts gcresnext26ts eca_resnet33ts
test_resnet resnetv2_18 resnetv2_50x1_bit resnetv2_50d_gn rexnet_100 selecsls42 legacy_seresnet18 skresnet18
starnet_s050 tresnet_m vgg11 vgg11_bn ese_vovnet19b_slim legacy_xception xception41 test_byobnet test_convnext
test_convnext2 test_convnext3 test_efficientnet test_efficientnet_evos test_efficientnet_gn test_efficientnet_ln
gernet_s rdnet_tiny efficientvit_b0 shvit_s1 swiftformer_xs lowformer_b0 nextvit_small
""".split()

TIMM_OWN = """
eca_botnext26ts_256 bat_resnext26ts test_vit test_vit2 test_vit3 test_vit4 test_vit_relpos test_coatnet test_maxvit vit_tiny_patch16_224
deit_tiny_patch16_224 deit3_small_patch16_224 beit_base_patch16_224 cait_xxs24_224 coat_lite_tiny convit_tiny
crossvit_tiny_240 davit_tiny efficientformer_l1 efficientformerv2_s0 efficientvit_m0 eva02_tiny_patch14_224
flexivit_small focalnet_tiny_srf gcvit_xxtiny hiera_tiny_224 levit_128s mixer_s32_224 gmlp_ti16_224 resmlp_12_224
mvitv2_tiny nest_tiny pit_ti_224 pvt_v2_b0 sequencer2d_s swin_tiny_patch4_window7_224 swinv2_tiny_window8_256
swinv2_cr_tiny_224 tiny_vit_5m_224 tnt_s_patch16_224 twins_svt_small visformer_tiny vit_tiny_r_s16_p8_224
vit_relpos_small_patch16_224 vitamin_small_224 volo_d1_224 xcit_nano_12_p16_224 coatnet_pico_rw_224
""".split()

TORCHVISION = """
alexnet convnext_tiny densenet121 efficientnet_b0 efficientnet_v2_s googlenet inception_v3 mnasnet0_5 mobilenet_v2
mobilenet_v3_small mobilenet_v3_large regnet_x_400mf regnet_y_400mf resnet18 resnet50 resnext50_32x4d
shufflenet_v2_x0_5 squeezenet1_0 squeezenet1_1 swin_t swin_v2_t vgg11 vgg11_bn vit_b_32 wide_resnet50_2 maxvit_t
""".split()

SEGMENTATION = "fcn_resnet50 deeplabv3_mobilenet_v3_large lraspp_mobilenet_v3_large".split()
VIDEO = "r3d_18 mc3_18 r2plus1d_18 mvit_v1_b s3d swin3d_t".split()


def timm_network(name: str, size: int | None) -> Made:
    import timm

    model = timm.create_model(name, pretrained=False)
    return model, (picture(size or model.default_cfg["input_size"][-1]),)


def torchvision_network(name: str) -> Made:
    import torchvision

    sizes = {"inception_v3": 299, "vit_b_32": 224, "maxvit_t": 224}
    extra = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    return torchvision.models.get_model(name, weights=None, **extra), (picture(sizes.get(name, 64)),)


def segmentation_network(name: str) -> Made:
    import torchvision

    return torchvision.models.get_model(name, weights=None, weights_backbone=None), (picture(64),)


def video_network(name: str) -> Made:
    import torchvision

    frames, size = {"mvit_v1_b": (16, 224), "s3d": (16, 64)}.get(name, (4, 32))
    return torchvision.models.get_model(name, weights=None), (torch.randn(1, 3, frames, size, size),)


SMALL = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "vocab_size": 96,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
}
GPT = {"n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 64, "vocab_size": 96}
GROUPED = SMALL | {"num_key_value_heads": 2, "head_dim": 8}
TEXT = {
    **{
        kind: SMALL
        for kind in "bert roberta xlm-roberta camembert electra albert mpnet convbert nystromformer ernie ibert layoutlm "
        "roformer deberta deberta-v2 data2vec-text megatron-bert rembert splinter fnet esm".split()
    },
    **{
        kind: GROUPED
        for kind in "llama mistral qwen2 qwen3 gemma gemma2 phi phi3 starcoder2 olmo stablelm granite".split()
    },
    "gpt_neox": SMALL,
    "squeezebert": SMALL | {"embedding_size": 32},
    "distilbert": {"dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 48, "vocab_size": 96},
    "gpt2": GPT,
    "openai-gpt": GPT,
    "gptj": GPT | {"rotary_dim": 8},
    "codegen": GPT | {"rotary_dim": 8},
    "opt": {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "ffn_dim": 48, "vocab_size": 96}
    | {"word_embed_proj_dim": 32, "max_position_embeddings": 64},
    "bloom": {"hidden_size": 32, "n_layer": 2, "n_head": 4, "vocab_size": 96},
    "xlnet": {"d_model": 32, "n_layer": 2, "n_head": 4, "d_inner": 48, "vocab_size": 96},
    "mobilebert": SMALL | {"intra_bottleneck_size": 16, "embedding_size": 16, "true_hidden_size": 16},
}
IMAGE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48, "image_size": 32}
PATCHES = IMAGE | {"patch_size": 8}
STAGES = {"hidden_sizes": [16, 24, 32, 40], "depths": [1, 1, 1, 1], "embedding_size": 16}
SWIN = {"image_size": 64, "patch_size": 4, "embed_dim": 16, "depths": [1, 1], "num_heads": [2, 4], "window_size": 4}
VISION = {
    **{kind: PATCHES for kind in "vit deit beit dinov2 vit_msn data2vec-vision ijepa vitdet".split()},
    "clip_vision_model": PATCHES | {"projection_dim": 16},
    "siglip_vision_model": PATCHES,
    "yolos": PATCHES | {"image_size": [32, 32], "num_detection_tokens": 4},
    "swin": SWIN,
    "swinv2": SWIN,
    "convnext": STAGES,
    "convnextv2": STAGES,
    "resnet": STAGES,
    "regnet": STAGES | {"groups_width": 8},
    "mobilevit": {"image_size": 64},
    "mobilenet_v1": {"depth_multiplier": 0.25},
    "mobilenet_v2": {"depth_multiplier": 0.35},
    "poolformer": {"hidden_sizes": [16, 24, 32, 40], "depths": [1, 1, 1, 1]},
    "segformer": {"hidden_sizes": [16, 16, 32, 32], "depths": [1, 1, 1, 1], "num_attention_heads": [1, 1, 2, 2]},
    "pvt": {
        "image_size": 64,
        "hidden_sizes": [16, 16, 32, 32],
        "depths": [1, 1, 1, 1],
        "num_attention_heads": [1, 1, 2, 2],
    },
    "focalnet": {"image_size": 32, "embed_dim": 16, "depths": [1, 1, 1, 1], "hidden_sizes": [16, 32, 64, 128]},
    "swiftformer": {"image_size": 64},
    "bit": {"embedding_size": 32, "hidden_sizes": [128, 128, 128, 128], "depths": [1, 1, 1, 1]},
}
SOUND = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48}
SOUND |= {"conv_dim": [16, 16], "conv_stride": [5, 2], "conv_kernel": [10, 3], "num_feat_extract_layers": 2}
SOUND |= {"num_conv_pos_embeddings": 16, "num_conv_pos_embedding_groups": 4}


def transformers_network(kind: str, settings: dict, example: Callable[[], Tensor]) -> Made:
    from transformers import AutoConfig, AutoModel

    config = AutoConfig.for_model(kind, **settings)
    config.return_dict = True
    if hasattr(config, "use_cache"):
        config.use_cache = False
    return AutoModel.from_config(config, attn_implementation="eager"), (example(),)


def words() -> Tensor:
    return torch.randint(3, 96, (2, 12))


WIDTHS = {"block_out_channels": (16, 32), "norm_num_groups": 4, "layers_per_block": 1}
CODER = {"down_block_types": ("DownEncoderBlock2D",) * 2, "up_block_types": ("UpDecoderBlock2D",) * 2}
SPREAD = {"down_block_types": ("DownBlock2D", "AttnDownBlock2D"), "up_block_types": ("AttnUpBlock2D", "UpBlock2D")}
CROSS = {
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
    "cross_attention_dim": 16,
    "attention_head_dim": 4,
}
HEADS = {"num_attention_heads": 2, "attention_head_dim": 8, "num_layers": 1}
STEP = torch.tensor([10, 10])


def noised(channels: int, *more: Tensor, size: int = 16) -> tuple[Tensor, ...]:
    return (picture(size, channels), STEP, *more)


def context(width: int, length: int = 6) -> Tensor:
    return torch.randn(2, length, width)


# Class, settings, inputs, and their names where they are not given in order.
DIFFUSERS: dict[str, tuple[dict, Callable[[], tuple[Tensor, ...]], list[str]]] = {
    "AutoencoderKL": (WIDTHS | CODER, lambda: (picture(16),), []),
    # VQModel is left out: its detach is lost in ONNX, as docs/autodiff.md says.
    "AsymmetricAutoencoderKL": (
        {"down_block_out_channels": (16, 32), "up_block_out_channels": (16, 32), "norm_num_groups": 4} | CODER,
        lambda: (picture(16),),
        [],
    ),
    "UNet2DModel": (WIDTHS | SPREAD | {"attention_head_dim": 4}, lambda: noised(3), []),
    "UNet2DConditionModel": (WIDTHS | CROSS, lambda: noised(4, context(16)), []),
    "UNet3DConditionModel": (
        WIDTHS
        | CROSS
        | {
            "down_block_types": ("DownBlock3D", "CrossAttnDownBlock3D"),
            "up_block_types": ("CrossAttnUpBlock3D", "UpBlock3D"),
        },
        lambda: (torch.randn(1, 4, 3, 16, 16), STEP[:1], context(16)[:1]),
        [],
    ),
    "PriorTransformer": (
        HEADS | {"embedding_dim": 16, "num_embeddings": 5, "additional_embeddings": 4},
        lambda: (torch.randn(2, 16), STEP, torch.randn(2, 16), context(16, 5)),
        ["hidden_states", "timestep", "proj_embedding", "encoder_hidden_states"],
    ),
    "DiTTransformer2DModel": (
        HEADS | {"in_channels": 4, "sample_size": 8, "num_embeds_ada_norm": 10, "norm_num_groups": 4},
        lambda: (picture(8, 4), STEP, torch.tensor([1, 2])),
        ["hidden_states", "timestep", "class_labels"],
    ),
    "SD3Transformer2DModel": (
        {"sample_size": 8, "patch_size": 2, "in_channels": 4, "num_layers": 1, "attention_head_dim": 8}
        | {
            "num_attention_heads": 2,
            "joint_attention_dim": 16,
            "caption_projection_dim": 16,
            "pooled_projection_dim": 12,
        },
        lambda: (picture(8, 4), context(16), torch.randn(2, 12), STEP),
        ["hidden_states", "encoder_hidden_states", "pooled_projections", "timestep"],
    ),
    "AuraFlowTransformer2DModel": (
        {"sample_size": 8, "in_channels": 4, "num_mmdit_layers": 1, "num_single_dit_layers": 1, "attention_head_dim": 8}
        | {"num_attention_heads": 2, "joint_attention_dim": 16, "caption_projection_dim": 16, "pos_embed_max_size": 64},
        lambda: (picture(8, 4), context(16), STEP),
        ["hidden_states", "encoder_hidden_states", "timestep"],
    ),
    "PixArtTransformer2DModel": (
        HEADS
        | {
            "sample_size": 8,
            "in_channels": 4,
            "caption_channels": 16,
            "cross_attention_dim": 16,
            "use_additional_conditions": False,
        },
        lambda: (picture(8, 4), context(16), STEP),
        ["hidden_states", "encoder_hidden_states", "timestep"],
    ),
}


def diffusers_network(kind: str, settings: dict, inputs: Callable[[], tuple[Tensor, ...]]) -> Made:
    import diffusers

    model = getattr(diffusers, kind)(**settings)
    if hasattr(model, "set_attn_processor") and "Autoencoder" not in kind:
        model.set_attn_processor(diffusers.models.attention_processor.AttnProcessor()) if kind.startswith(
            "UNet"
        ) else None
    return model, inputs()


def every() -> Iterable[Network]:
    for name in TIMM_64:
        # These two halve a picture once more than 64 pixels allow.
        size = 96 if name in ("inception_v4", "inception_resnet_v2") else 64
        yield Network(f"timm/{name}", lambda name=name, size=size: timm_network(name, size))
    for name in TIMM_OWN:
        yield Network(f"timm/{name}", lambda name=name: timm_network(name, None))
    for kinds, make in (
        (TORCHVISION, torchvision_network),
        (SEGMENTATION, segmentation_network),
        (VIDEO, video_network),
    ):
        for name in kinds:
            yield Network(f"torchvision/{name}", lambda name=name, make=make: make(name))
    for kind, settings in TEXT.items():
        make = lambda kind=kind, settings=settings: transformers_network(kind, settings, words)  # noqa: E731
        yield Network(f"transformers/{kind}", make, ["input_ids"])
    for kind, settings in VISION.items():
        size = settings.get("image_size", 64)
        side = size[0] if isinstance(size, list) else size
        make = lambda kind=kind, settings=settings, side=side: transformers_network(  # noqa: E731
            kind, settings, lambda: picture(side)
        )
        yield Network(f"transformers/{kind}", make, ["pixel_values"])
    for kind in "wav2vec2 hubert unispeech wavlm sew".split():
        make = lambda kind=kind: transformers_network(kind, SOUND, lambda: torch.randn(2, 800))  # noqa: E731
        yield Network(f"transformers/{kind}", make, ["input_values"])
    for kind, (settings, inputs, names) in DIFFUSERS.items():
        make = lambda kind=kind, settings=settings, inputs=inputs: diffusers_network(kind, settings, inputs)  # noqa: E731
        yield Network(f"diffusers/{kind}", make, names)


NETWORKS = list(every())
